"""A small published map whose every name is given, with all that a map may hold."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import cycle
from pathlib import Path

from journeymine.report.ground import Ground, read_ground
from journeymine.report.reader import open_tables

ALL = {"segment": "all", "segment_value": "all"}
ACTORS = ("customer", "company")
FELT = [(40, 0.5), (3, 0.9), (30, -0.4), (5, 0.02)]
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
Rows = dict[str, list[dict[str, object]]]


@contextmanager
def ground_of(path: Path) -> Iterator[Ground]:
    """Read a published file as hand-outs are written from it."""
    tables = open_tables(path)
    try:
        yield read_ground(tables)
    finally:
        tables.con.close()


def map_rows(names: Sequence[str], stages_: int = 4, steps_: int = 3) -> Rows:
    """Return the rows of a map with two personas, some stages and a funnel."""
    given = cycle(dict.fromkeys(names))
    name = given.__next__
    stages = [name() for _ in range(stages_)]
    steps = [name() for _ in range(steps_)]
    personas = {"all": "", "p1": name(), "p2": name()}
    run = {"project_name": name(), "timezone": "UTC", "currency": "EUR"}
    run |= {"as_of": "2026-06-30T21:40:00+00:00", "as_of_is_assumed": "false"}
    funnel = name()
    return {
        "meta_run": [{"name": key, "value": value} for key, value in run.items()],
        "meta_stages": _counted(stages, "stage_index", "stage"),
        "meta_funnels": [
            {"funnel": funnel, "funnel_index": 1, "activities": [row["step"]], **row}
            for row in _counted(steps, "step_index", "step")
        ],
        "dim_activities": [
            {"activity": step, "stage": stage, "actor": "customer"}
            for step, stage in zip(steps, stages, strict=False)
        ],
        "dim_personas": [
            {"persona": key, "persona_name": told, "customers": 50, "share": 0.5,
             "profile": name(), "traits": []}
            for key, told in personas.items() if key != "all"
        ],
        "dim_customers": [
            {"customer_id": f"c{number}", "persona": f"p{1 + number % 2}"}
            for number in range(100)
        ],
        "fct_events": [
            {"event_id": f"e{number}{place}", "customer_id": f"c{number}",
             "stage": stage, "actor": "customer", "activity": steps[0]}
            for number in range(100) for place, stage in enumerate(stages[:4])
            if number % (place + 1) == 0
        ],
        "fct_funnel": [one for key in personas for one in _funnel(key, funnel, steps)],
        "fct_drop_offs": [
            one for key in personas for one in _losses(key, funnel, steps)
        ],
        "fct_experience": [
            {"level": "stage", "name": stage, "is_solicited": True, "persona": key,
             "answers": answers, "emotion": emotion, "emotion_low": emotion - 0.1,
             "emotion_high": emotion + 0.1, **ALL}
            for key in personas
            for stage, (answers, emotion) in zip(stages, cycle(FELT), strict=False)
        ],
        "fct_touchpoints": [
            {"persona": key, "touchpoint": touchpoint, "stage": stage, "actor": actor,
             "activity": "a", "channel": channel, "events": 9, "customers": 8, **ALL}
            for stage, touchpoint, channel, actor in [
                (stages[number % 4], name(), name(), ACTORS[number % 2])
                for number in range(8)
            ] for key in personas
        ],
        "fct_stages": [
            {"persona": key, "stage": stage, "journeys": 9, "p50_seconds": 90.0,
             "p90_seconds": 7200.0, **ALL} for key in personas for stage in stages
        ],
        "fct_feedback_texts": [
            {"event_id": f"f{number}", "persona": "p1", "stage": stage, "text": name(),
             "answered_at": NOON, "emotion": -0.5, "feedback": name(),
             "is_solicited": True}
            for number, stage in enumerate(stages)
        ],
        **_findings(name, funnel, steps, stages),
    }  # fmt: skip


def _findings(
    name: Callable[[], str], funnel: str, steps: list[str], stages: list[str]
) -> Rows:
    pains = [("step", funnel, steps[0]),
             ("transition", "$paths", f"{steps[1]} > {name()}"),
             ("loop", "$paths", steps[2]), ("feeling", "$paths", f"{stages[3]}, asked"),
             ("step", name(), name())]  # fmt: skip
    metrics = ["nps", f"funnel.{funnel}.{steps[1]}.drop_rate",
               f"funnel.{funnel}.conversion", f"emotion.{stages[0]}",
               name()]  # fmt: skip
    units = ["points", "share", "share", "emotion", name()]
    objectives = [name(), name(), name(), "(none)", "(none)"]
    anchors = [("stage", stages[0]), ("transition", steps[1]), ("journey", ""),
               ("pain_point", steps[2])]  # fmt: skip
    return {
        "fct_pain_points": [
            {"rank": rank, "kind": kind, "funnel": of, "place": place, "persona": "p1",
             "segment": name(), "segment_value": name(), "finding": name(),
             "is_significant": rank < 3, "effort": float(rank),
             "value": 1000.0 * rank if rank != 3 else None, "value_low": 10.0,
             "value_high": 5000.0, "uplift": None}
            for rank, (kind, of, place) in enumerate(pains, 1)
        ],
        "meta_metrics": [
            {"metric": metric, "unit": unit, "direction": "up", "words": name()}
            for metric, unit in zip(metrics, units, strict=True)
        ],
        "fct_kpis": [
            {"metric": metric, "objective": objective,
             "period_kind": kind, "period": period, "persona": key, "n": 40,
             "value": 0.25, "is_final": True, "owner": name(),
             "target": 0.5 if number < 3 else None,
             "target_by": date(2026, 12, 31), **ALL}
            for number, (metric, objective) in enumerate(
                zip(metrics, objectives, strict=True))
            for kind, period in (("all", "all"), ("month", "2026-02-01"))
            for key in ("all", "p1")
        ],
        "fct_notes": [
            {"note_id": f"n{number}", "kind": ("idea", "observation")[number % 2],
             "text": name(), "owner": name(), "effort": "M", "status": "open",
             "anchor_kind": kind, "anchor": anchor, "anchor_to": "", "persona": "all",
             "place": name(), "is_lost": False}
            for number, (kind, anchor) in enumerate(anchors)
        ],
    }  # fmt: skip


def _counted(told: list[str], index: str, what: str) -> list[dict[str, object]]:
    return [{index: number, what: one} for number, one in enumerate(told, 1)]


def _funnel(key: str, funnel: str, steps: list[str]) -> Iterator[dict[str, object]]:
    for number, step in enumerate(steps, 1):
        reached = 80 // number
        yield {"funnel": funnel, "persona": key, "step_index": number, "step": step,
               "unit": "customer", "window_seconds": 86400, "entered": 80,
               "reached": reached, "dropped": 80 - reached, "excluded": 0,
               "in_progress": 2, "entered_mature": 80, "reached_mature": reached,
               "rate_observed": 1 / number, "conversion_rate": 1 / number,
               "conversion_rate_basis": "observed", **ALL}  # fmt: skip


def _losses(key: str, funnel: str, steps: list[str]) -> Iterator[dict[str, object]]:
    for number, step in enumerate(steps[:-1], 1):
        yield {"funnel": funnel, "period": "all", "persona": key, "step_index": number,
               "step": step, "next_step": steps[number], "at_risk": 40, "reached": 80,
               "in_progress": 2, "dropped": 10 * number, "dropped_at_risk": 10 * number,
               "drop_rate": 0.25 * number, "drop_rate_low": 0.2 * number,
               "drop_rate_high": 0.3 * number, **ALL}  # fmt: skip
