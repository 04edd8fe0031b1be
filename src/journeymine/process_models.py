"""Process models: what the inductive miner finds in the transitions of each persona.

The only module that imports pm4py, which is AGPL-3.0 and an optional extra. It sees
transitions, never events.
"""

import contextlib
import io
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pyarrow as pa

from journeymine.plan import Context
from journeymine.process_drawing import Block, drawn
from journeymine.process_graph import OUTSIDE, Graph, without_noise

NOISE_THRESHOLD = 0.5
"""Share of the strongest arc of an activity below which its other arcs are noise."""


def is_available() -> bool:
    """Whether pm4py, the extra `mining`, is installed."""
    return find_spec("pm4py") is not None


def make_process_models(context: Context) -> None:
    """Write `py_process_models`, and a .bpmn, .pnml and .svg file per persona.

    One row per persona that has journeys; none without the extra `mining`.
    """
    rows = []
    if is_available():
        folder = context.folder / "models"
        folder.mkdir(parents=True, exist_ok=True)
        personas = context.con.execute(
            "select distinct persona from int_model_arcs order by persona"
        ).fetchall()
        rows = [_mined(context, persona, folder) for (persona,) in personas]
    schema = pa.schema(
        [
            ("persona", pa.string()),
            ("noise_threshold", pa.float64()),
            ("activities", pa.int64()),
            ("transitions", pa.int64()),
            *((f"{kind}_file", pa.string()) for kind in ("bpmn", "pnml", "svg")),
        ]
    )
    context.con.register("mined", pa.Table.from_pylist(rows, schema))
    context.con.execute("create or replace table py_process_models as from mined")
    context.con.unregister("mined")


def discover(graph: Graph, noise_threshold: float) -> Any:  # noqa: ANN401  pm4py has no types
    """Return the process tree that the inductive miner finds.

    Leemans, Fahland, van der Aalst (2014), on a directly-follows graph.
    """
    pm4py = _pm4py()
    # pm4py heeds its own threshold for logs only, not for graphs.
    kept = without_noise(graph, noise_threshold)
    return pm4py.discover_process_tree_inductive(
        pm4py.objects.dfg.obj.DFG(kept.arcs, kept.starts, kept.ends)
    )


def _mined(context: Context, persona: str, folder: Path) -> dict[str, object]:
    graph = _graph(context, persona)
    seen = {name for arc in graph.arcs for name in arc}
    tree = discover(graph, NOISE_THRESHOLD)
    _write(tree, folder / persona)
    drawing = drawn(_block(tree), f"Process model, {persona}")
    (folder / f"{persona}.svg").write_text(drawing, encoding="utf-8")
    return {
        "persona": persona,
        "noise_threshold": NOISE_THRESHOLD,
        "activities": len({*seen, *graph.starts, *graph.ends}),
        "transitions": sum(graph.arcs.values()),
        **{
            f"{kind}_file": f"models/{persona}.{kind}"
            for kind in ("bpmn", "pnml", "svg")
        },
    }


def _graph(context: Context, persona: str) -> Graph:
    rows = context.con.execute(
        """
        select activity, next_activity, transitions
        from int_model_arcs
        where persona = $persona
        order by all
        """,
        {"persona": persona},
    ).fetchall()
    arcs = {(source, target): count for source, target, count in rows}
    return Graph(
        {arc: count for arc, count in arcs.items() if OUTSIDE not in arc},
        {target: n for (source, target), n in arcs.items() if source == OUTSIDE},
        {source: n for (source, target), n in arcs.items() if target == OUTSIDE},
    )


def _write(tree: Any, stem: Path) -> None:  # noqa: ANN401  pm4py has no types
    pm4py = _pm4py()
    net, initial, final = pm4py.convert_to_petri_net(tree)
    # Its own name would hold the time of day.
    net.name = stem.name
    pm4py.write_pnml(net, initial, final, f"{stem}.pnml")
    bpmn = pm4py.convert_to_bpmn(tree)
    # Its own layout needs a system program.
    pm4py.write_bpmn(bpmn, f"{stem}.bpmn", auto_layout=False)


def _block(tree: Any) -> Block:  # noqa: ANN401  pm4py has no types
    """Return a process tree as blocks; what may come in any order, in order of text."""
    kind = tree.operator.name.lower() if tree.operator is not None else "task"
    parts = [_block(child) for child in tree.children]
    if kind in ("xor", "parallel"):
        parts.sort(key=repr)
    return Block(kind, tree.label or "", tuple(parts))


def _pm4py() -> Any:  # noqa: ANN401  pm4py has no types
    # It takes two seconds to import, and prints a banner when it is.
    with contextlib.redirect_stdout(io.StringIO()):
        import pm4py  # noqa: PLC0415  slow, and an extra
        import pm4py.objects.dfg.obj  # noqa: PLC0415
        from pm4py.algo.discovery.inductive.base_case import (  # noqa: PLC0415
            single_activity,
        )
    # Its own takes the one activity from the starts. A part of a graph may have it
    # among its ends alone, and mining then fails (pm4py 2.7.23).
    single_activity.SingleActivityBaseCaseDFG.leaf = classmethod(_leaf)
    return pm4py


def _leaf(_case: type, part: Any, _parameters: object = None) -> Any:  # noqa: ANN401  pm4py has no types
    from pm4py.objects.process_tree.obj import ProcessTree  # noqa: PLC0415  an extra

    (activity,) = {*part.dfg.start_activities, *part.dfg.end_activities}
    return ProcessTree(label=activity)
