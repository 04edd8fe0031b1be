"""The journey map as BPMN 2.0: a pool per persona, a lane per stage, a task per step.

After each step but the last a gateway parts who goes on from who leaves. Without a
funnel the stages are the tasks.
"""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from journeymine.exports.bpmn_xml import Flow, Lane, Node, Pool, definitions
from journeymine.exports.grid import Grid, Map, Stage, read_grid
from journeymine.exports.lanes import LANES
from journeymine.report import words
from journeymine.report.cells.lines import step_line
from journeymine.report.cells.model import Step
from journeymine.report.cells.texts import written
from journeymine.report.ground import Ground

NAME, MARGIN, APART = 30, 60, 260
LANE_HIGH, POOL_APART = 200, 60
TASK, GATE, EVENT = (110, 80), (50, 50), (36, 36)
LEFT = 75  # below the middle of the lane: those who leave

Task = tuple[str, int, Step | None]
"""Name, number of the lane, and the step if it is one."""


def write_bpmn(ground: Ground, path: Path) -> dict[str, int]:
    """Write the maps as one collaboration, and return how much of what."""
    grid = read_grid(ground)
    pools: list[Pool] = []
    top = 0
    for number, one in enumerate(grid.maps):
        pools.append(_pool(one, grid, f"p{number}", top))
        top += pools[-1].high + POOL_APART
    model = definitions(grid.project, pools)
    ET.indent(model)
    with written(path) as out:
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        out.write(ET.tostring(model, encoding="unicode") + "\n")
    return {"pools": len(pools), "tasks": sum(pool.tasks for pool in pools)}


def _pool(one: Map, grid: Grid, key: str, top: int) -> Pool:
    stages = [*one.stages, *([one.whole] if one.whole.steps or not one.stages else [])]
    tasks = _tasks(stages)
    nodes = [*_nodes(tasks, key, top)]
    wide = 2 * MARGIN + NAME + (len(tasks) + 1) * APART
    return Pool(
        key=key,
        name=f"{one.name} ({words.plural(one.customers, 'customer', 'customers')})",
        lanes=tuple(
            Lane(f"{key}_lane{number}", stage.name, _about(stage, grid))
            for number, stage in enumerate(stages)
        ),
        nodes=tuple(nodes),
        flows=tuple(_flows(tasks, key)),
        y=top,
        wide=wide,
        lane_high=LANE_HIGH,
    )


def _tasks(stages: list[Stage]) -> list[Task]:
    """Return the steps in their order; without any, the stages."""
    steps = [(step, lane) for lane, one in enumerate(stages) for step in one.steps]
    if steps:
        steps.sort(key=lambda found: found[0].step_index)
        return [(step.name, lane, step) for step, lane in steps]
    return [(stage.name, lane, None) for lane, stage in enumerate(stages) if stage.key]


def _about(stage: Stage, grid: Grid) -> str:
    """Return what all lanes of the map say of a stage."""
    told = ((lane.name, lane.told(stage, grid)) for lane in LANES)
    return "\n".join(f"{name}: {'; '.join(lines)}" for name, lines in told if lines)


def _nodes(tasks: list[Task], key: str, top: int) -> Iterator[Node]:
    """Yield start, tasks, gateways and ends from left to right."""
    lanes = [lane for _, lane, _ in tasks] or [0]

    def placed(kind: str, name: str, at: tuple[int, int, int], id_: str) -> Node:
        wide, high = {"userTask": TASK, "exclusiveGateway": GATE}.get(kind, EVENT)
        x, lane, below = at
        middle = top + lane * LANE_HIGH + LANE_HIGH // 2 - 25 + below
        return Node(
            f"{key}_{id_}", kind, name, lane,
            x - wide // 2, middle - high // 2, wide, high,
        )  # fmt: skip

    first = NAME + 2 * MARGIN
    yield placed("startEvent", "Begins", (first - MARGIN, lanes[0], 0), "start")
    for number, (name, lane, step) in enumerate(tasks):
        x = first + MARGIN + number * APART
        yield placed("userTask", name, (x, lane, 0), f"task{number}")
        if step is not None and number < len(tasks) - 1:
            gate = x + 125
            yield placed("exclusiveGateway", "", (gate, lane, 0), f"gate{number}")
            yield placed("endEvent", "Left", (gate, lane, LEFT), f"left{number}")
    x = first + MARGIN + len(tasks) * APART - MARGIN
    yield placed("endEvent", "Done", (x, lanes[-1], 0), "end")


def _flows(tasks: list[Task], key: str) -> Iterator[Flow]:
    def flow(source: str, target: str, name: str = "") -> Flow:
        id_ = f"{key}_{source}_{target}"
        return Flow(id_, f"{key}_{source}", f"{key}_{target}", name)

    onward = [*(f"task{number}" for number, _ in enumerate(tasks)), "end"]
    yield flow("start", onward[0])
    for number, ((_, _, step), (source, target)) in enumerate(
        zip(tasks, pairwise(onward), strict=True)
    ):
        if step is None or target == "end":
            yield flow(source, target)
            continue
        leave = step_line(step).partition(": ")[2] if step.drop_rate is not None else ""
        yield flow(source, f"gate{number}")
        yield flow(f"gate{number}", target, "Goes on")
        yield flow(f"gate{number}", f"left{number}", leave)
