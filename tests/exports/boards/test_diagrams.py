"""Diagrams in Mermaid and BPMN are read back as what the map says."""

from markdown_it import MarkdownIt
from tests.exports.boards.conftest import packed
from tests.exports.conftest import quiet

from journeymine.exports.lanes import LANES
from journeymine.exports.xml_pen import clean
from journeymine.report import words


def test_mermaid_reads_the_way_the_feelings_and_what_there_is_to_win(parsed, grid):
    diagrams = iter(parsed[0]["mermaid"])
    for one in grid.maps:
        way = next(diagrams)
        steps = [step for stage in one.stages for step in stage.steps]
        nodes = [node.partition("<br>") for node in way["nodes"]]
        assert [told for *_, told in nodes if told] == [
            "80 customers",
            "40 customers",
            "26 customers",
        ]
        named = [_plain(stage.name) for stage in one.stages]
        assert [_plain(name) for name in way["groups"]] == named[:3]
        assert [_plain(name) for name, *_ in nodes] == [
            *(_plain(step.name) for step in steps),
            named[3],
        ]
        assert way["edges"] == [f"{words.MINUS}25.0%", f"{words.MINUS}50.0%"]
        felt = next(diagrams)
        assert _plain(felt["title"]) == _plain(one.name)
        assert [(_plain(at), face) for at, _, face in felt["tasks"]] == [
            (named[0], 4),
            (named[2], 2),
            (named[3], 3),
        ]
        if any(stage.pains for stage in one.stages):
            points = next(diagrams)["points"]
            assert sorted(point[:2] for point in points) == ["O1", "O2", "O3", "O4"]
    assert next(diagrams, None) is None


def _plain(text: str) -> str:
    """Return a text as browsers read it back: entities once more, spaces as one."""
    return " ".join(clean(text).split())


def test_any_of_the_names_may_be_one_of_a_stage_or_a_step(parsed, folder, large):
    everyone = large.maps[0]
    steps = [step for stage in everyone.stages for step in stage.steps]
    assert (len(everyone.stages), len(steps)) == (30, 25)
    read = parsed[1]
    way, felt = read["mermaid"][:2]
    nodes = [node.partition("<br>")[0] for node in way["nodes"]]
    assert [_plain(name) for name in nodes[:25]] == [_named(one.name) for one in steps]
    assert [_plain(name) for name in way["groups"]] == [
        _named(stage.name) for stage in everyone.stages if stage.steps
    ]
    assert [_plain(at) for at, *_ in felt["tasks"]] == [
        _named(one.name) for one in everyone.stages if one.emotion and one.emotion.value
    ]
    assert read["bpmn"]["warnings"] == []
    assert read["bpmn"]["lanes"][0] == [clean(one.name) for one in everyone.stages]
    assert read["miro"] == [*packed(folder / "many" / "miro").values()]


def _named(name: str) -> str:
    return _plain(name) or words.NOTHING


def test_the_markdown_holds_a_table_of_the_map_and_no_html(folder, grid):
    reader = MarkdownIt("commonmark", {"html": True}).enable("table")
    tokens = reader.parse((folder / "mermaid").read_text("utf-8"))
    inline = [one for token in tokens for one in token.children or ()]
    kinds = {one.type for one in inline} | {token.type for token in tokens}
    assert not kinds & {"link_open", "image", "code_inline", "em_open", "html_block"}
    assert {one.content for one in inline if one.type == "html_inline"} == {"<br>"}
    rows = sum(token.type == "tr_open" for token in tokens)
    cells = sum(token.type == "td_open" for token in tokens)
    assert rows == len(grid.maps) * (len(LANES) + 1)
    assert cells == len(grid.maps) * len(LANES) * 6
    assert sum(token.type == "heading_open" for token in tokens) == 1 + len(grid.maps)


def test_bpmn_is_whole_and_every_node_on_its_way(parsed, grid):
    read = parsed[0]["bpmn"]
    assert read["warnings"] == []
    assert read["unresolved"] == 0
    assert read["lanes"] == [
        [clean(stage.name) for stage in one.stages] for one in grid.maps
    ]
    kinds = [node["type"].removeprefix("bpmn:") for node in read["nodes"]]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        "StartEvent": 3, "UserTask": 9, "ExclusiveGateway": 6, "EndEvent": 9,
    }  # fmt: skip
    for node in read["nodes"]:
        assert node["comes"] == (node["type"] != "bpmn:StartEvent")
        goes = {"bpmn:EndEvent": 0, "bpmn:ExclusiveGateway": 2}.get(node["type"], 1)
        assert node["goes"] == goes
    shapes, flows = 3 * (1 + 4 + 9), 3 * 8
    assert read["drawn"] == shapes + flows


def test_pm4py_reads_every_task(folder, pm4py):
    with quiet():
        graph = pm4py.read_bpmn(str(folder / "bpmn"))
    tasks = [node for node in graph.get_nodes() if "Task" in type(node).__name__]
    assert len(tasks) == 9
