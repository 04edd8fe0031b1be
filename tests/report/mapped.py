"""A drawn map: two stages, two personas, a funnel, and what a test adds."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.report.published import publish

from journeymine.report.facts import Facts
from journeymine.report.ground import Ground, read_ground
from journeymine.report.journey_map.placed import Placed, read_placed
from journeymine.report.reader import open_tables

ALL = {"persona": "all", "segment": "all", "segment_value": "all"}
Rows = Mapping[str, Sequence[Mapping[str, object]]]
FRAME: Rows = {
    "meta_run": [{"name": "currency", "value": "EUR"}],
    "meta_stages": [
        {"stage_index": number, "stage": stage}
        for number, stage in enumerate(("look", "pay"), 1)
    ],
    "meta_funnels": [
        {"funnel": "buy", "funnel_index": 1, "step_index": number, "step": step}
        | {"activities": [step], "unit": "customer"}
        for number, step in enumerate(("seen", "card", "done"), 1)
    ],
    "dim_activities": [
        {"activity": name, "stage": stage, "actor": "customer", "customers": 100}
        for name, stage in (
            ("seen", "look"),
            ("card", "pay"),
            ("card_failed", "pay"),
            ("done", "pay"),
        )
    ],
    "dim_personas": [
        {"persona": key, "persona_name": name, "customers": size, "share": size / 100}
        for key, name, size in (("p1", "Hasty", 60), ("p2", "Careful", 40))
    ],
    "dim_customers": [
        {"customer_id": f"c{number}", "persona": "p1" if number < 60 else "p2"}
        for number in range(100)
    ],
    "fct_events": [
        {"event_id": f"e{number}", "customer_id": f"c{number}", "stage": "look"}
        | {"actor": "customer", "activity": "seen"}
        for number in range(100)
    ],
    "fct_stages": [
        {**ALL, "persona": key, "stage": stage, "journeys": 100, "customers": 50}
        for key in ("all", "p1", "p2")
        for stage in ("look", "pay")
    ],
    "fct_funnel": [
        {**ALL, "funnel": "buy", "step_index": number, "step": step, "entered": 100}
        | {"reached": 100 // number, "dropped": 0, "in_progress": 0}
        for number, step in enumerate(("seen", "card", "done"), 1)
    ],
}


def pain(rank: int, place: str = "card", **more: object) -> dict[str, object]:
    """Return a pain point at a step; `more` says what is special."""
    return {
        **ALL, "rank": rank, "kind": "step", "funnel": "buy", "place": place,
        "period": "all", "at_risk": 50, "observed": 20.0, "expected": 5.0,
        "expected_basis": "rest", "excess": 15.0, "excess_low": 10.0,
        "excess_high": 20.0, "uplift": 12.0, "uplift_low": 8.0, "uplift_high": 16.0,
        "q_value": 0.001, "effort": None, "value": None, "is_significant": True, **more,
    }  # fmt: skip


def note(name: str, **more: object) -> dict[str, object]:
    """Return a note of the team on everything, or where `more` says."""
    return {
        "note_id": name, "kind": "observation", "text": name, "status": "open",
        "anchor_kind": "journey", "anchor": "", "anchor_to": "", "persona": "all",
        "place": "", "is_lost": False, "owner": None, "author": None,
        "effort": None, **more,
    }  # fmt: skip


def drawn(folder: Path, **rows: Sequence[Mapping[str, object]]) -> Path:
    """Write the map with these rows more."""
    return publish(folder / "drawn.duckdb", {**FRAME, **rows})


@contextmanager
def placed(
    folder: Path, **rows: Sequence[Mapping[str, object]]
) -> Iterator[tuple[Placed, Facts, Ground]]:
    """Read the drawn map with these rows more."""
    tables = open_tables(drawn(folder, **rows))
    try:
        ground = read_ground(tables)
        read = read_placed(tables, ground.facts, ground.losses, "buy")
        yield read, ground.facts, ground
    finally:
        tables.con.close()
