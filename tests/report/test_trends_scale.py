"""Lines of time and scales of the section on trends, against plain loops."""

import math
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from journeymine.report.trends import scale
from journeymine.report.trends.calendar import Calendar, name, periods, within
from journeymine.report.trends.explore import held, steps
from journeymine.report.trends.measures import Measure, short_name, whole_name

UNITS = ("share", "emotion", "points", "days", "journeys", "EUR")
VALUES = {
    "share": st.floats(0, 1),
    "emotion": st.floats(-1, 1),
    "points": st.floats(-100, 100),
}


def measure(unit: str) -> Measure:
    return Measure("one", "One", "One", "Words", unit, True, "select 1", "EUR")


@settings(max_examples=120, deadline=None)
@given(st.data(), st.sampled_from(UNITS))
def test_ticks_are_few_round_and_around_all_values(
    data: st.DataObject, unit: str
) -> None:
    some = VALUES.get(unit, st.floats(0, 1e7))
    values = data.draw(st.lists(some.map(lambda one: round(one, 6)), max_size=5))
    levels = [level for level, _ in scale.ticks(measure(unit), values)]
    assert 2 <= len(levels) <= 5
    assert levels[0] <= min(values, default=0) + 1e-6
    assert levels[-1] >= max(values, default=1) - 1e-6
    steps = {round(b - a, 9) for a, b in pairwise(levels)}
    assert max(steps) - min(steps) < 1e-6 * max(1, *map(abs, levels))
    step = max(steps)
    digits = step / 10.0 ** math.floor(math.log10(step) + 1e-9)
    assert min(abs(digits - one) for one in (1, 2, 2.5, 5, 10)) < 1e-6


def test_the_unit_stands_at_the_last_tick() -> None:
    assert [word for _, word in scale.ticks(measure("share"), [0.11, 0.42])] == [
        "0",
        "20",
        "40",
        "60%",
    ]
    money = scale.ticks(measure("EUR"), [12_000, 31_000])
    assert [word for _, word in money] == ["10k", "20k", "30k", "€40k"]


@settings(max_examples=60, deadline=None)
@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(1, 900))
def test_periods_are_those_that_hold_a_day_of_the_time(since: date, days: int) -> None:
    time = Calendar(since, since + timedelta(days=days))
    every = [since + timedelta(days=one) for one in range(days)]
    months = dict.fromkeys(one.replace(day=1).isoformat() for one in every)
    weeks = dict.fromkeys(
        (one - timedelta(days=one.weekday())).isoformat() for one in every
    )
    assert [*periods(time, "month")] == [*months]
    assert [*periods(time, "week")] == [*weeks]
    assert len(time.marks) <= 7
    places = [at for at, _ in time.marks]
    assert places == sorted(places)
    assert 0 <= places[0] <= places[-1] <= 1


def test_a_year_is_told_where_it_begins() -> None:
    time = Calendar(date(2023, 11, 1), date(2024, 3, 1))
    assert [word.replace("\N{NO-BREAK SPACE}", " ") for _, word in time.marks] == [
        "Nov 23",
        "Dec",
        "Jan 24",
        "Feb",
    ]
    assert time.middle("2023-11-01", "month") == 15 / 121
    assert name("2024-04-08", "week") == "week of 8 April 2024"
    assert within("2024-04-01", "month") == "in April 2024"


def test_a_measure_has_a_name_in_words() -> None:
    step = "funnel.shop.view_home or screen_home or view_deals.drop_rate"
    named = {
        "funnel.check_out.conversion": "Conversion of “Check out”",
        step: "Leaving after “View home or 2 others”",
        "abandonment.cart.rate": "Abandoned “Cart”",
        "emotion": "Emotion",
        "emotion.purchase": "Emotion in “Purchase”",
        "nps": "NPS",
        "retention.2": "Retention, period 2",
        "journeys.count": "Journeys begun",
    }
    assert {one: short_name(one) for one in named} == named
    assert whole_name(step) == "Shop: leaving after “View home or 2 others”"


@settings(max_examples=150, deadline=None)
@given(st.data(), st.sampled_from(UNITS), st.integers(1, 60))
def test_what_the_chart_holds_is_told_as_in_the_tables(
    data: st.DataObject, unit: str, cases: int
) -> None:
    """Told once more, it is the same: so the script needs no more digits."""
    value = data.draw(
        VALUES.get(unit, st.floats(0, 9e5).map(lambda one: round(one, 2)))
    )
    one = measure(unit)
    kept = held(one, value, cases)
    assert kept is not None
    scales = {"share": 100, "days": 86400}
    again = one.told(kept / steps(one) / scales.get(unit, 1), cases)
    assert again == one.told(value, cases)
