"""How long customers stay, where some are still there."""

import random
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from scipy import stats
from tests.core.bench import WHOLE, Bench, Given, ResultOf, SetProject

START = datetime(2023, 6, 1, tzinfo=UTC)
AS_OF = datetime(2024, 7, 1, tzinfo=UTC)
DAY = timedelta(days=1)
MICROSECOND = timedelta(microseconds=1)
CHURN = '[churn]\nhorizon = "10 days"'


def test_a_hazard_is_of_spells_that_were_watched_to_the_end_of_the_period(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(CHURN.replace("10 days", "40 days"))
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | view     | 2024-01-01 09:00
            ann      | view     | 2024-02-09 09:00
            bob      | view     | 2024-01-01 09:00
            bob      | view     | 2024-01-31 08:59
            cid      | view     | 2024-04-20 09:00
            cid      | view     | 2024-05-25 09:00
            dot      | view     | 2024-04-23 09:00
        """,
    )
    # Who was there is known up to 22 May: of cid, its first 30 days; of dot, too few.
    assert result_of(
        "fct_churn_hazard",
        "period_index, at_risk, churned, round(hazard, 3), round(survival, 3)",
        where=WHOLE,
    ) == [(0, 3, 1, 0.333, 0.667), (1, 1, 1, 1.0, 0.0)]


def spells_of(times: list[datetime]) -> list[tuple[datetime, datetime]]:
    spells: list[list[datetime]] = []
    for time in times:
        if not spells or time - spells[-1][1] > 10 * DAY:
            spells.append([time, time])
        spells[-1][1] = time
    return [(start, last) for start, last in spells]


def random_visits(rng: random.Random) -> list[datetime]:
    time, own = START + rng.uniform(0, 380) * DAY, []
    while time <= AS_OF:
        own.append(time.replace(microsecond=0))
        time += rng.choice([1, 4, 9, 10, 10, 12, 40]) * DAY
        if rng.random() < 0.08:
            break
    return own


def lived(start: datetime, last: datetime) -> tuple[int, bool]:
    """Return how many periods a spell was watched in, and whether it then ended."""
    periods, period = 0, 30 * DAY
    while start + (periods + 1) * period <= AS_OF - 10 * DAY + MICROSECOND:
        periods += 1
        if last < start + periods * period:
            return periods, True
    return periods, False


def test_hazard_and_survival_are_those_of_a_loop_and_of_scipy(bench: Bench) -> None:
    rng = random.Random(5)
    visits = {f"c{number:05}": random_visits(rng) for number in range(10_000)}
    bench.set_project(CHURN)
    bench.given(
        stg_events={
            "customer": [name for name, own in visits.items() for _ in own],
            "activity": ["view" for own in visits.values() for _ in own],
            "occurred_at": [time for own in visits.values() for time in own],
        }
    )
    lives = [lived(*spell) for own in visits.values() for spell in spells_of(own)]
    ended = [periods for periods, is_over in lives if is_over]
    still = [periods for periods, is_over in lives if not is_over]
    curve = stats.ecdf(stats.CensoredData(uncensored=ended, right=still)).sf
    longest = max(*ended, *still)
    assert longest > 6
    rows = bench.result_of(
        "fct_churn_hazard",
        "period_index, at_risk, churned, survival, survival_low, survival_high",
        where=WHOLE,
    )
    assert [row[:3] for row in rows] == [
        (n, sum(one[0] > n for one in lives), ended.count(n + 1))
        for n in range(longest)
    ]
    survival, low, high = np.array([row[3:] for row in rows], np.float64).T
    truth = curve.evaluate(np.arange(1, longest + 1))
    assert survival == pytest.approx(truth, abs=1e-9)
    assert ((low <= survival) & (survival <= high)).all()
