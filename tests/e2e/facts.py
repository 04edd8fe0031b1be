"""What is known of the real logs, and the same figures from published tables."""

import json
from pathlib import Path
from typing import Any

from tests.e2e.running import Published

Facts = dict[str, Any]  # JSON as it comes

WHOLE = "persona = 'all' and segment = 'all'"


def facts_of(log: Path) -> Facts:
    """Return the facts that stand beside a log."""
    name = "oracle.json" if (log / "oracle.json").exists() else "facts.json"
    facts: Facts = json.loads((log / name).read_text("utf-8"))
    return facts


def transitions(published: Published, where: str = WHOLE) -> dict[tuple[str, str], int]:
    """Return how often an activity follows directly on another."""
    return published.counts(
        "select from_activity, to_activity, transitions from fct_transitions"
        f" where {where}"
    )


def starts(published: Published, where: str = WHOLE) -> dict[str, int]:
    """Return how many journeys start with an activity."""
    return published.counts(
        f"select activity, starts from fct_activities where starts > 0 and {where}"
    )


def ends(published: Published, where: str = WHOLE) -> dict[str, int]:
    """Return how many journeys end with an activity so far."""
    return published.counts(
        "select activity, ends + open_ends from fct_activities"
        f" where ends + open_ends > 0 and {where}"
    )


def variants(published: Published, where: str = WHOLE) -> dict[tuple[str, ...], int]:
    """Return how many journeys follow a sequence of activities."""
    found = published.rows(f"select variant, journeys from fct_variants where {where}")
    return {tuple(variant.split(" > ")): journeys for variant, journeys in found}


def process_of(published: Published, where: str = WHOLE) -> Facts:
    """Return the figures of a process as the facts state them, their tops complete."""
    arcs, paths = transitions(published, where), variants(published, where)
    events = published.counts(
        f"select activity, events from fct_activities where {where}"
    )
    return {
        "events": sum(events.values()),
        "cases": sum(paths.values()),
        "activities": len(events),
        "activity_counts": events,
        "variants": len(paths),
        "variants_seen_once": sum(journeys == 1 for journeys in paths.values()),
        "top_variants": paths,
        "dfg_edges": len(arcs),
        "dfg_total_frequency": sum(arcs.values()),
        "top_dfg_edges": arcs,
        "start_activities": starts(published, where),
        "end_activities": ends(published, where),
    }


def assert_same_process(found: Facts, told: Facts) -> None:
    """Compare every figure that the facts state; of their tops, each one named."""
    tops = {
        "top_variants": {tuple(v["variant"]): v["count"] for v in told["top_variants"]},
        "top_dfg_edges": {
            (e["frm"], e["to"]): e["count"] for e in told["top_dfg_edges"]
        },
    }
    for name, figure in found.items():
        if name not in told:
            continue
        if name in tops:
            same = {key: figure.get(key) for key in tops[name]}
            assert same == tops[name], name
            assert sorted(figure.values())[-10:] == sorted(tops[name].values()), name
        elif name in ("start_activities", "end_activities"):
            named = {key: figure.get(key) for key in told[name]}
            assert named == told[name], name
        else:
            assert figure == told[name], name


def funnel_of(published: Published, name: str, where: str = WHOLE) -> list[Facts]:
    """Return the steps of a funnel as the facts state them."""
    found = published.rows(
        "select step_index, step, reached, dropped + in_progress, rate_observed"
        f" from fct_funnel where funnel = ? and {where} order by step_index",
        name,
    )
    names = ("step", "activity", "cases_in_order", "dropped", "overall_conversion")
    return [dict(zip(names, row, strict=True)) for row in found]


def assert_same_funnel(found: list[Facts], told: list[Facts]) -> None:
    """Compare the steps; facts count a drop-off at the step that was not reached."""
    assert [step["activity"] for step in found] == [step["activity"] for step in told]
    reached = [step["cases_in_order"] for step in found]
    assert reached == [step["cases_in_order"] for step in told]
    dropped = [step["dropped"] for step in found[:-1]]
    assert dropped == [step["dropped"] for step in told[1:]]
    rates = [round(step["overall_conversion"], 6) for step in found]
    assert rates == [step["overall_conversion"] for step in told]
