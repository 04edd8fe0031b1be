// Reads hand-outs back with the parsers of the tools that they are for.
// Takes a list of {mermaid: [text], drawio: [model], bpmn: text, miro: [batch]} on
// stdin, and writes what was read; packages are those of tests/package.json.
import { readFileSync } from "node:fs";
import { JSDOM } from "jsdom";

const { window } = new JSDOM("<!doctype html><body></body>");
const wanted = ["document", "navigator", "DOMParser", "XMLSerializer", "Element",
  "HTMLElement", "SVGElement", "Node", "XMLDocument", "MouseEvent", "Event"];
globalThis.window = window;
for (const name of wanted) {
  Object.defineProperty(globalThis, name, { value: window[name], configurable: true });
}

const asked = JSON.parse(readFileSync(0, "utf8"));
const decoded = (text) =>
  (text ?? "").replace(/ﬂ°°(\d+)¶ß/g, (_, code) => String.fromCodePoint(code));

async function readMermaid(texts) {
  const { default: mermaid } = await import("mermaid");
  const read = [];
  for (const text of texts) {
    await mermaid.parse(text);
    const { type, db } = await mermaid.mermaidAPI.getDiagramFromText(text);
    const found = { type };
    if (type.startsWith("flowchart")) {
      found.nodes = [...db.getVertices().values()].map((node) => decoded(node.text));
      found.groups = db.getSubGraphs().map((group) => decoded(group.title));
      found.edges = db.getEdges().map((edge) => decoded(edge.text));
    } else if (type === "journey") {
      found.title = decoded(db.getDiagramTitle());
      found.tasks = db.getTasks().map((task) =>
        [decoded(task.section), decoded(task.task), task.score]);
    } else {
      found.points = db.getQuadrantData().points.map((one) => decoded(one.text.text));
    }
    read.push(found);
  }
  return read;
}

async function readDrawio(models) {
  const { GraphDataModel, ModelXmlSerializer } = await import("@maxgraph/core");
  return models.map((text) => {
    const model = new GraphDataModel();
    new ModelXmlSerializer(model).import(text);
    return Object.values(model.cells)
      .filter((cell) => cell.isVertex() || cell.isEdge())
      .map((cell) => ({
        id: cell.id,
        text: cell.value,
        source: cell.source?.id ?? null,
        target: cell.target?.id ?? null,
        size: cell.isVertex() ? [cell.geometry.width, cell.geometry.height] : null,
      }));
  });
}

async function readBpmn(text) {
  const { BpmnModdle } = await import("bpmn-moddle");
  const read = await new BpmnModdle().fromXML(text);
  const roots = read.rootElement.rootElements;
  const pools = roots.find((one) => one.participants).participants;
  return {
    warnings: read.warnings.map((one) => one.message),
    unresolved: read.references.filter((one) => !read.elementsById[one.id]).length,
    pools: pools.map((one) => one.name),
    lanes: pools.map((one) => one.processRef.laneSets[0].lanes.map((lane) => lane.name)),
    nodes: pools.flatMap((one) => one.processRef.flowElements
      .filter((node) => node.$type !== "bpmn:SequenceFlow")
      .map((node) => ({
        type: node.$type,
        name: node.name,
        comes: (node.incoming ?? []).length,
        goes: (node.outgoing ?? []).length,
      }))),
    drawn: read.rootElement.diagrams[0].plane.planeElement.length,
  };
}

async function readMiro(batches) {
  const { ObjectSerializer } = (await import("@mirohq/miro-api/dist/model/models.js"));
  return batches.map((batch) => ObjectSerializer.serialize(batch, "Array<ItemCreate>"));
}

const read = [];
for (const one of asked) {
  read.push({
    mermaid: await readMermaid(one.mermaid),
    drawio: await readDrawio(one.drawio),
    bpmn: await readBpmn(one.bpmn),
    miro: await readMiro(one.miro),
  });
}
console.log(JSON.stringify(read));
