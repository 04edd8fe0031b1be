"""What counts as going through a funnel: one drawn example per rule."""

from collections.abc import Iterable

import pytest
from tests.core.bench import Given, ResultOf, SetProject

TWO_ATTEMPTS = ("a 09:00", "b 09:01", "a 09:00 10", "b 09:01 10", "c 09:02 10")
FUNNEL = """
[funnels.f]
steps = {steps}
window = "1 day"
{more}
"""


def funnel(steps: Iterable[object] = "abc", **more: str) -> str:
    """Return a project file with one funnel, a day long."""
    lines = "\n".join(f'{name} = "{value}"' for name, value in more.items())
    return FUNNEL.format(
        steps=[*steps] if isinstance(steps, str) else steps, more=lines
    )


def log(*events: str) -> dict[str, list[str]]:
    """Return one customer's events, written as `activity hh:mm` of 1 May or later."""
    parts = [event.split() for event in events]
    days = [f"2024-05-{part[2] if part[2:] else '01'}" for part in parts]
    return {
        "customer": ["ann"] * len(parts),
        "activity": [part[0] for part in parts],
        "occurred_at": [
            f"{day} {part[1]}" for day, part in zip(days, parts, strict=True)
        ],
    }


def test_steps_count_only_in_their_order(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(funnel())
    given(stg_events=log("a 09:00", "c 09:01", "b 09:02"))
    assert result_of("int_funnel_units", "depth", "state") == [(2, "dropped")]


def test_entry_any_counts_a_later_better_attempt(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(funnel())
    given(stg_events=log(*TWO_ATTEMPTS))
    assert result_of("int_funnel_units", "depth", "state") == [(3, "converted")]


def test_entry_first_counts_only_the_first_attempt(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(funnel(entry="first"))
    given(stg_events=log(*TWO_ATTEMPTS))
    assert result_of("int_funnel_units", "depth", "state") == [(2, "dropped")]


@pytest.mark.parametrize(("last", "depth"), [("09:00:00", 2), ("09:00:00.000001", 1)])
def test_the_window_includes_its_end(
    last: str, depth: int, project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(funnel("ab"))
    given(stg_events=log("a 09:00", f"b {last} 02"))
    assert result_of("int_funnel_units", "depth") == [(depth,)]


def test_the_window_runs_from_the_entry_not_from_the_step_before(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(funnel())
    given(stg_events=log("a 09:00", "b 20:00", "c 10:00 02"))
    assert result_of("int_funnel_units", "depth") == [(2,)]


def test_any_activity_of_a_step_is_that_step(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(funnel([["a", "x"], "b"]))
    given(stg_events=log("x 09:00", "b 09:01"))
    assert result_of("int_funnel_units", "depth") == [(2,)]


@pytest.mark.parametrize(
    ("events", "depth"),
    [
        (["a 09:00", "b 09:01"], 2),
        (["a 09:00", "b 09:01", "a 09:02"], 3),
        (["a 09:00", "a 09:00", "b 09:00"], 3),
        (["a 09:00", "b 09:00"], 2),
    ],
)
def test_one_event_is_not_two_steps_of_a_chain(
    events: list[str],
    depth: int,
    project: SetProject,
    given: Given,
    result_of: ResultOf,
) -> None:
    project(funnel("aba"))
    given(stg_events=log(*events))
    assert result_of("int_funnel_units", "depth") == [(depth,)]


@pytest.mark.parametrize("tied", [1, 2, 3, 4])
def test_a_repeated_step_needs_as_many_events(
    tied: int, project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(funnel("aaa"))
    given(stg_events=log(*["a 09:00"] * tied))
    assert result_of("int_funnel_units", "depth") == [(min(tied, 3),)]


@pytest.mark.parametrize(("ties", "depth"), [("strict", 1), ("interchangeable", 2)])
def test_a_tie_satisfies_an_order_only_if_ties_are_interchangeable(
    ties: str, depth: int, project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(funnel("ab", ties=ties))
    given(stg_events=log("b 09:00", "a 09:00"))
    assert result_of(
        "int_funnel_units", "depth", "depth_strict", "depth_interchangeable"
    ) == [(depth, 1, 2)]


@pytest.mark.parametrize(("orders", "depth"), [((1, 2), 2), ((2, 1), 1), ((1, 1), 1)])
def test_source_order_decides_ties(
    orders: tuple[int, int],
    depth: int,
    project: SetProject,
    given: Given,
    result_of: ResultOf,
) -> None:
    project(funnel("ab", ties="source_order"))
    given(stg_events=log("a 09:00", "b 09:00") | {"source_order": list(orders)})
    assert result_of(
        "int_funnel_units", "depth", "depth_strict", "depth_interchangeable"
    ) == [(depth, 1, 2)]


def test_the_company_can_not_enter_but_can_take_a_later_step(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(funnel("ab"))
    given(
        stg_events="""
            customer | activity | occurred_at      | is_customer
            ann      | a        | 2024-05-01 09:00 | false
            ann      | b        | 2024-05-01 09:01 | true
            bob      | a        | 2024-05-01 09:00 | true
            bob      | b        | 2024-05-01 09:01 | false
        """,
    )
    assert result_of("int_funnel_units", "depth") == [(2,)]


def test_a_funnel_that_nobody_entered_has_zeros(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project('[funnels.f]\nsteps = ["cart", "order"]')
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | view     | 2024-05-01 09:00
        """,
    )
    assert result_of(
        "fct_funnel", "step_index, entered, reached, dropped, rate_observed"
    ) == [
        (1, 0, 0, 0, None),
        (2, 0, 0, 0, None),
    ]
    assert result_of("fct_conversion", "period, entered, converted") == [("all", 0, 0)]
