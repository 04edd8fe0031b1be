"""The process models of each persona: mined, judged, and the best of them written.

pm4py finds the trees; how good they are is judged here. Every limit is a number of
things, so that the same journeys give the same models; the clock only ends what would
not end by itself.
"""

from dataclasses import asdict
from pathlib import Path

import pyarrow as pa

from journeymine.mining.alignments import Variant
from journeymine.mining.bpmn_writing import write_bpmn
from journeymine.mining.candidates import (
    CHOICES,
    FREQUENT,
    HEURISTICS,
    Candidate,
    candidates,
    chosen,
)
from journeymine.mining.discovery import is_available
from journeymine.mining.flow_charts import drawn, flow_chart
from journeymine.mining.graphs import Graph, graph_of
from journeymine.mining.net_writing import write_pnml, write_ptml
from journeymine.plan import Context
from journeymine.warehouse import write_arrow

NETS = {HEURISTICS: "heuristics", CHOICES: "choices", FREQUENT: "frequent"}
"""Miners whose one net is written, and what its file is called."""

NUMBERS = ("fitness", "precision", "generalisation", "simplicity", "fitting_share")
KINDS = ("bpmn", "pnml", "ptml", "svg")
SCHEMA = pa.schema(
    [
        ("persona", pa.string()),
        ("miner", pa.string()),
        ("threshold", pa.float64()),
        ("is_chosen", pa.bool_()),
        *((name, pa.float64()) for name in (*NUMBERS, "score")),
        ("failure", pa.string()),
        *((f"{kind}_file", pa.string()) for kind in KINDS),
    ]
)


def make_process_models(context: Context) -> None:
    """Write `py_process_models`, and the files of the models that are kept.

    A row per model tried; none without the extra `mining`, or without journeys.
    """
    rows = []
    if is_available():
        personas = context.con.execute(
            "select distinct persona from int_model_variants order by persona"
        ).fetchall()
        for (persona,) in personas:
            found = candidates(_graph(context, persona), _variants(context, persona))
            best = chosen(found)
            rows += [_row(context, persona, one, one is best) for one in found]
    write_arrow(context.con, "py_process_models", pa.Table.from_pylist(rows, SCHEMA))


def _row(
    context: Context, persona: str, candidate: Candidate, is_chosen: bool
) -> dict[str, object]:
    quality = candidate.quality
    files = _written(context.folder / "models", persona, candidate, is_chosen)
    return {
        "persona": persona,
        "miner": candidate.miner,
        "threshold": candidate.threshold,
        "is_chosen": is_chosen,
        **(asdict(quality) | {"score": quality.score} if quality else {}),
        "failure": candidate.failure,
        **{f"{file.suffix[1:]}_file": f"models/{file.name}" for file in files},
    }


def _written(
    folder: Path, persona: str, candidate: Candidate, is_chosen: bool
) -> list[Path]:
    """Write the files of a model, and return them; only of those that are kept."""
    folder.mkdir(parents=True, exist_ok=True)
    if candidate.net and candidate.miner in NETS:
        file = folder / f"{persona}.{NETS[candidate.miner]}.pnml"
        write_pnml(*candidate.net, file)
        return [file]
    if not (is_chosen and candidate.net and candidate.tree):
        return []
    files = [folder / f"{persona}.{kind}" for kind in KINDS]
    title = f"Process model, {persona}"
    chart = flow_chart(candidate.tree)
    write_bpmn(chart, title, files[0])
    write_pnml(*candidate.net, files[1])
    write_ptml(candidate.tree, files[2])
    files[3].write_text(drawn(chart, title), encoding="utf-8")
    return files


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
    return graph_of({(source, target): count for source, target, count in rows})


def _variants(context: Context, persona: str) -> dict[Variant, int]:
    rows = context.con.execute(
        """
        select activities, journeys
        from int_model_variants
        where persona = $persona
        order by variant_index
        """,
        {"persona": persona},
    ).fetchall()
    return {tuple(activities): journeys for activities, journeys in rows}
