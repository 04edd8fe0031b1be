"""Pain points from events to the published tables, with the rows behind each."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from tests.core.bench import WHOLE, Bench, ResultOf, SetProject

from journeymine.pain_points import make_pain_points
from journeymine.warehouse import connect

PROJECT = """
[project]
name = "Shop"
as_of = 2024-07-01T00:00:00Z
timezone = "Europe/Berlin"
[journey]
goal = ["order"]
value = 50
inactivity = "10 days"
[funnels.checkout]
steps = ["cart", "pay", "order"]
window = "5 days"
[pain_points]
[efforts]
"checkout.pay" = 4
"""
EVIDENCE = ("dim_slices", "fct_events", "fct_funnel_units", "fct_journeys")
CHAIN = """
create table fct_transitions as select 'all' as persona, 'outcome' as segment, *
from (values
    ('converted', 'view', 'order', 3),
    ('abandoned', 'view', 'view', 1),
    ('in_progress', 'view', 'view', 9)
) as drawn (segment_value, from_activity, to_activity, transitions);
create table fct_activities as select 'all' as persona, 'outcome' as segment, *
from (values
    ('converted', 'view', 3, 0),
    ('converted', 'order', 0, 3),
    ('abandoned', 'view', 1, 1),
    ('in_progress', 'view', 5, 0)
) as drawn (segment_value, activity, starts, ends);
"""


def shop(broken: int) -> dict[str, list[object]]:
    """Return events of four months; in one the payment fails on mobile, mostly."""
    rows: list[tuple[object, ...]] = []
    for month, one in ((month, one) for month in range(2, 6) for one in range(120)):
        device = ("mobile", "desktop", "tablet")[one % 3]
        is_hit = month == broken and device == "mobile"
        fails = one % 10 < 8 if is_hit else one % 20 == 0
        stops = one % 11 == 1
        path = ["cart"] if stops else ["cart", "pay", "error" if fails else "order"]
        start = datetime(2024, month, 2, tzinfo=UTC) + timedelta(hours=one)
        rows += [
            (f"{month}-{one}", activity, start + timedelta(minutes=minute), device)
            for minute, activity in enumerate(path)
        ]
    names = ("customer", "activity", "occurred_at", "device")
    columns = zip(*rows, strict=True)
    told = {name: [*column] for name, column in zip(names, columns, strict=True)}
    return {**told, "event_id": [f"e{place:05}" for place in range(len(rows))]}


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """Yield the shop whose payment broke on mobile in April, built once."""
    with connect(":memory:", threads=1) as con:
        bench = Bench(con, tmp_path_factory.mktemp("shop"))
        bench.set_project(PROJECT)
        bench.given(stg_events=shop(4))
        yield bench


def test_the_chain_counts_what_settled_journeys_do(
    bench: Bench, result_of: ResultOf
) -> None:
    bench.con.execute(CHAIN)
    bench.drawn |= {"fct_transitions", "fct_activities"}
    assert result_of(
        "fct_chain",
        "from_state, to_state, transitions, probability",
        where="persona = 'all'",
    ) == [
        ("$start", "view", 4, 1.0),
        ("order", "$converted", 3, 1.0),
        ("view", "$abandoned", 1, 0.2),
        ("view", "order", 3, 0.6),
        ("view", "view", 1, 0.2),
    ]


def test_what_broke_is_first_with_its_slice_month_and_rows(broken):
    (found,) = broken.result_of(
        "fct_pain_points",
        "rank, kind, funnel, place, segment_value, period, at_risk, observed,"
        " customers, expected_basis, effort, round(priority * effort - value, 6),"
        " evidence, also_at",
        where="is_significant",
    )
    *told, evidence, also = found
    assert told == [
        *(1, "step", "checkout", "pay", "mobile", "2024-04-01", 36, 29.0, 36),
        *("period_before", 4.0, 0.0),
    ]
    assert "transition pay > error" in also
    for table in EVIDENCE:
        broken.build(table)
    assert len(broken.con.execute(evidence).fetchall()) == 29


def test_a_pain_point_is_told_in_a_sentence(broken):
    assert broken.result_of("fct_pain_points", "finding", where="rank = 1") == [
        (
            "In 2024-04, device mobile, 29 of 36 customers at pay went no further; as"
            " in the month before it would be 2.",
        )
    ]


def test_scenarios_say_what_fewer_losses_bring(broken):
    months = "step_index = 2 and period in ('2024-03-01', '2024-04-01')"
    (_, before, lost_before), (_, now, lost) = broken.result_of(
        "fct_drop_offs",
        "period, at_risk, dropped_at_risk",
        where=f"{WHOLE} and {months}",
    )
    fewer = pytest.approx(lost - lost_before / before * now)
    assert broken.result_of(
        "fct_scenarios",
        "scenario, uplift, value / 50, value_reason",
        where="persona = 'all' and step_index = 2 and period = '2024-04-01'",
    ) == [("period_before", fewer, fewer, None)]
    first = "persona = 'all' and step_index = 1 and period = 'all'"
    for name, at_risk, dropped, converted, uplift, low, high in broken.result_of(
        "fct_scenarios",
        "scenario, at_risk, dropped, converted, uplift, uplift_low, uplift_high",
        where=first,
    ):
        share = {"minus_10_percent": 0.1, "minus_25_percent": 0.25}[name]
        kept = share * dropped
        assert uplift == pytest.approx(kept * converted / (at_risk - dropped))
        assert low < uplift < high


def test_neither_the_order_of_rows_nor_threads_change_what_is_told(broken, tmp_path):
    events = shop(4)
    order = random.Random(3).sample(
        range(len(events["customer"])), len(events["customer"])
    )
    mixed = {name: [column[at] for at in order] for name, column in events.items()}
    with connect(":memory:", threads=3) as con:
        bench = Bench(con, tmp_path)
        bench.set_project(PROJECT)
        bench.given(stg_events=mixed)
        for mart in ("fct_pain_points", "fct_chain", "fct_scenarios"):
            bench.build(mart)
            broken.build(mart)
            rows = con.execute(f"from {mart}").fetchall()
            assert rows == broken.con.execute(f"from {mart}").fetchall() != []


@pytest.mark.parametrize("missing", ['goal = ["order"]', "[pain_points]"])
def test_without_a_goal_or_the_section_nothing_is_looked_at(
    bench: Bench, missing: str
) -> None:
    bench.set_project(PROJECT.replace(missing, ""))
    make_pain_points(bench.context)  # no table stands that it could read
    assert bench.con.execute("select count(*) from py_pain_points").fetchall() == [(0,)]


def test_an_effort_for_a_step_that_is_none_is_refused(project: SetProject) -> None:
    with pytest.raises(ValueError, match=r"is no step of funnels\.checkout"):
        project(PROJECT.replace("checkout.pay", "checkout.buy"))
