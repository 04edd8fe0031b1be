"""The curves of funnels, slice by slice, against a plain loop over units."""

from collections import Counter, defaultdict

import pytest
from tests.core.bench import Bench
from tests.core.drawn_clocks import (
    DAY,
    DAYS,
    LEVELS,
    PROJECT,
    STEPS,
    WHOLE,
    Clock,
    Row,
    bounds,
    cells_of,
    draw,
    plain,
    random_clocks,
)

from journeymine.estimation.curves import wilson_interval


def test_every_cell_and_point_is_that_of_a_plain_loop(bench: Bench) -> None:
    clocks = random_clocks(10_000, seed=1)
    draw(bench, clocks)
    cells: dict[Row, Counter[Clock]] = defaultdict(Counter)
    for funnel, _, _, step, duration, cause, slice_set in clocks:
        for cell in cells_of(int(str(slice_set)), step == STEPS[str(funnel)]):
            cells[funnel, *cell, step][int(str(duration)) // DAY, str(cause)] += 1
    found = bench.result_of(
        "py_funnel_curves",
        "funnel, period, persona, segment, segment_value, step_index",
        f"cast(time_us * 60 / {DAYS * DAY} as int), time_us, is_window_end",
        "at_risk, ended",
        "incidence, incidence_low, incidence_high, competing, p50_us, p90_us",
    )
    assert {row[:6] for row in found} == set(cells)
    points = {"all": range(61)}
    assert len(found) == sum(len(points.get(str(cell[1]), [60])) for cell in cells)
    truth = {
        cell: [plain(cells[cell], day) for day in range(DAYS + 1)] for cell in cells
    }
    for row in found:
        of_cell, point = cells[row[:6]], int(str(row[6]))
        day = point * DAYS // 60  # the day before the point, or at it
        rate, competing, variance = truth[row[:6]][day]
        assert row[7:11] == (
            point * DAYS * DAY // 60,
            point == 60,
            sum(many for (one, _), many in of_cell.items() if one * 60 >= point * DAYS),
            sum(of_cell[one, "reached"] for one in range(day + 1)),
        )
        low, high = bounds(float(rate), float(variance))
        assert row[11:15] == pytest.approx(
            (float(rate), low, high, float(competing)), abs=1e-9
        )
        reach = [[one[0] >= level for one in truth[row[:6]]] for level in LEVELS]
        assert row[15:] == tuple(
            one.index(True) * DAY if True in one else None for one in reach
        )


def test_a_month_is_estimated_from_its_own_entries(bench: Bench) -> None:
    draw(
        bench,
        [
            ("short", 1, 1, 2, 1 * DAY, "reached", 1),
            ("short", 2, 1, 2, 10 * DAY, "censored", 2),
            ("short", 3, 1, 2, 10 * DAY, "censored", 3),
            ("short", 4, 1, 2, 10 * DAY, "censored", 3),
        ],
    )
    assert bench.result_of(
        "py_funnel_curves",
        "period, at_risk, incidence",
        where="is_window_end and persona = 'all' and segment = 'all'",
    ) == [("2024-05-01", 1, 0.5), ("2024-06-01", 2, 0.0), ("all", 3, 0.25)]


def test_attempts_of_one_customer_count_as_one_in_the_interval(bench: Bench) -> None:
    bench.set_project(PROJECT)
    clocks: list[Row] = [
        ("short", unit, attempt, 2, DAY if unit < 5 else 10 * DAY, cause, 1)
        for unit in range(10)
        for attempt in range(1, 5)
        for cause in (["reached"] if unit < 5 else ["censored"])
    ]
    draw(bench, clocks)
    ((rate, low, high),) = bench.result_of(
        "py_funnel_curves",
        "incidence, incidence_low, incidence_high",
        where=f"{WHOLE} and is_window_end",
    )
    assert rate == 0.5
    # Ten customers of whom five convert, not forty attempts.
    assert (low, high) == pytest.approx(bounds(0.5, 0.5 * 0.5 / 10), abs=1e-9)


def test_where_nobody_reached_a_step_the_interval_has_a_width(bench: Bench) -> None:
    draw(bench, [("short", unit, 1, 2, 10 * DAY, "censored", 1) for unit in range(20)])
    assert bench.result_of(
        "py_funnel_curves",
        "incidence, incidence_low, incidence_high",
        where=f"{WHOLE} and is_window_end",
    ) == [(0.0, 0.0, float(wilson_interval(0, 20)[1]))]


def test_nothing_is_estimated_where_nobody_was_seen_for_so_long(bench: Bench) -> None:
    draw(
        bench,
        [
            ("short", 1, 1, 2, 2 * DAY, "reached", 1),
            ("short", 2, 1, 2, 5 * DAY, "censored", 1),
        ],
    )
    assert bench.result_of(
        "py_funnel_curves",
        f"time_us // {DAY}, incidence",
        where=f"{WHOLE} and time_us // {DAY} in (4, 5, 6, 10) and time_us % {DAY} = 0",
    ) == [(4, 0.5), (5, 0.5), (6, None), (10, None)]


def test_without_funnels_there_are_no_curves(bench: Bench) -> None:
    bench.given(stg_events="customer | activity | occurred_at\n ann | a | 2024-05-01")
    assert bench.result_of("py_funnel_curves", "funnel") == []
