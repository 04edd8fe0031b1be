"""The journey map as Markdown with Mermaid diagrams, as GitHub and wikis draw it."""

from collections.abc import Iterator
from itertools import chain, pairwise
from pathlib import Path

from journeymine.exports.grid import Grid, Map, Stage, read_grid
from journeymine.exports.lanes import LANES
from journeymine.report import words
from journeymine.report.cells.model import Step
from journeymine.report.cells.texts import as_markdown, written
from journeymine.report.ground import Ground

SAFE = frozenset(" .,%+…“”" + words.MINUS + words.DASH + words.SPACE)
"""What a label may hold as it is, beside letters and figures."""

LETTERS = 80
COMPARED = 2
LEAST, BEST, MIDDLE = 1, 5, 3
"""Of the faces of a journey diagram."""


def write_mermaid(ground: Ground, path: Path) -> dict[str, int]:
    """Write the maps, each as diagrams and a table; return how much of what."""
    grid = read_grid(ground)
    diagrams = 0
    with written(path) as out:
        out.write(f"# {as_markdown(grid.project)}: journey map\n")
        about = (grid.period, f"complete to {grid.complete_to}", grid.withheld)
        out.write(f"\n{as_markdown('; '.join(one for one in about if one))}\n")
        for one in grid.maps:
            size = words.plural(one.customers, "customer", "customers")
            out.write(f"\n## {as_markdown(one.name)} ({size})\n")
            for diagram in (_flow(one, grid), _feelings(one), _efforts(one)):
                if diagram:
                    diagrams += 1
                    out.write("\n```mermaid\n" + "\n".join(diagram) + "\n```\n")
            out.write(_unfelt(one) + "\n" + "\n".join(_table(one, grid)) + "\n")
    return {"maps": len(grid.maps), "diagrams": diagrams}


def _flow(one: Map, grid: Grid) -> list[str]:
    """Return the way through the stages and their steps, with who leaves."""
    if not one.stages and not one.whole.steps:
        return []
    lines = ["flowchart LR"]
    steps: list[tuple[Step, str]] = []
    for number, stage in enumerate((*one.stages, one.whole)):
        nodes = [(step, f"s{number}n{place}") for place, step in enumerate(stage.steps)]
        steps += nodes
        if stage.key:
            lines += _subgraph(stage, f"s{number}", nodes, grid)
        else:
            lines += [f"  {key}{_label(step, grid)}" for step, key in nodes]
    steps.sort(key=lambda found: found[0].step_index)
    for (step, source), (_, target) in pairwise(steps):
        rate = words.percent(step.drop_rate, step.at_risk)
        told = "" if step.drop_rate is None else f'|"{words.MINUS}{rate}"|'
        lines.append(f"  {source} -->{told} {target}")
    if not steps:  # then there is the order of the stages
        keys = [f"s{number}" for number, _ in enumerate(one.stages)]
        lines += [f"  {source} --> {target}" for source, target in pairwise(keys)]
    return lines


def _subgraph(
    stage: Stage, key: str, nodes: list[tuple[Step, str]], grid: Grid
) -> Iterator[str]:
    name = label(stage.name)
    if not nodes:
        yield f'  {key}["{name}"]'
        return
    yield f'  subgraph {key}["{name}"]'
    for step, node in nodes:
        yield f"    {node}{_label(step, grid)}"
    yield "  end"


def _label(step: Step, grid: Grid) -> str:
    return f'["{label(step.name)}<br/>{words.count(step.reached)} {grid.unit}"]'


def _feelings(one: Map) -> list[str]:
    """Return what each stage feels like, where enough answered."""
    lines = []
    for stage in one.stages:
        felt = stage.emotion
        if felt is None or felt.value is None:
            continue
        score = MIDDLE + (BEST - MIDDLE) * felt.value
        face = min(max(round(score), LEAST), BEST)
        told = label(f"Felt {words.signed(felt.value)}, {felt.answers} answers")
        lines += [
            f"  section {label(stage.name)}",
            f"    {told}: {face}: Customers who were asked",
        ]
    return ["journey", f"  title {label(one.name)}", *lines] if lines else []


def _unfelt(one: Map) -> str:
    """Say of which stages there is no feeling: nothing is drawn for them."""
    names = [
        stage.name
        for stage in one.stages
        if stage.emotion is None or stage.emotion.value is None
    ]
    told = ", ".join(as_markdown(name) for name in names)
    return f"\nToo few answers to tell what is felt in: {told}.\n" if names else ""


def _efforts(one: Map) -> list[str]:
    """Return what there is to win by the effort, of what both are known."""
    pains = chain.from_iterable(stage.pains for stage in (*one.stages, one.whole))
    known = [
        (pain, pain.effort, pain.value)
        for pain in pains
        if pain.opportunity and pain.effort and pain.value and pain.value > 0
    ]
    if len(known) < COMPARED:
        return []
    hardest = max(effort for _, effort, _ in known)
    best = max(value for _, _, value in known)
    return [
        "quadrantChart",
        "  title What there is to win, by effort",
        "  x-axis Little effort --> Much effort",
        "  y-axis Little to win --> Much to win",
        *(
            f'  "{label(f"O{pain.opportunity} {pain.title}")}":'
            f" [{_part(effort, hardest)}, {_part(value, best)}]"
            for pain, effort, value in known
        ),
    ]


def _part(value: float, most: float) -> str:
    """Return a share of the most, kept clear of the frame of the chart."""
    return f"{0.05 + 0.9 * value / most:.3f}"


def _table(one: Map, grid: Grid) -> Iterator[str]:
    columns = (*one.stages, one.whole)
    yield "| | " + " | ".join(as_markdown(stage.name) for stage in columns) + " |"
    yield "|---" * (len(columns) + 1) + "|"
    for lane in LANES:
        cells = (
            "<br>".join(as_markdown(line) for line in lane.lines(stage, grid))
            for stage in columns
        )
        yield f"| **{lane.name}** | " + " | ".join(cells) + " |"


def label(text: str) -> str:
    """Return a text as a label: what the language could read is written as a code."""
    short = words.shorten(" ".join(text.split()), LETTERS) or words.NOTHING
    return "".join(
        letter if letter.isalnum() or letter in SAFE else f"#{ord(letter)};"
        for letter in short
    )
