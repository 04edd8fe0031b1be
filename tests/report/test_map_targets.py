"""A measure of fewer than five cases is no figure on the map."""

from typing import cast

import pytest

from journeymine.report.facts import Facts
from journeymine.report.journey_map.placed import Placed
from journeymine.report.journey_map.targets import Target, targets
from journeymine.report.reader import Row


def told(cases: int, target: float | None) -> list[Target]:
    row = Row(
        metric="csat",
        objective="o",
        words="w",
        unit="share",
        direction="up",
        n=cases,
        value=0.5,
        value_low=0.2,
        value_high=0.8,
        target=target,
        target_by=None,
        status=None,
        owner=None,
    )
    placed = cast("Placed", Row(kpis={("all", ""): [row]}))
    return targets(placed, cast("Facts", Row(currency="EUR")), ("all", ""))


def test_few_cases_are_said_where_there_is_a_target_and_left_out_else() -> None:
    assert told(4, None) == []
    (few,) = told(4, 0.6)
    assert (few.value, str(few.drawing)) == ("Too few", "")


@pytest.mark.parametrize("target", [None, 0.6])
def test_enough_cases_are_told_with_their_interval(target: float | None) -> None:
    (one,) = told(40, target)
    assert one.value == "50.0%"
    assert one.evidence.replace("\N{WORD JOINER}", "") == (
        "20.0\N{EN DASH}80.0%, n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}40"
    )
