"""What settings of a funnel do: one drawn example per rule of `docs/funnels.md`."""

import pytest
from tests.core.bench import WHOLE, Bench, Given, ResultOf, SetProject
from tests.core.test_funnels import log

from journeymine.errors import ModelError
from journeymine.funnels.log import check_order, read_units, select_events

OPTIONAL = 'steps = ["a", { any = "b", optional = true }, "c"]'
ATTEMPTS = 'steps = ["a", "b"]\nentry = "attempts"'


def funnel(settings: str, as_of: str = "2024-07-01T00:00:00Z") -> str:
    """Return a project file with one funnel, a day long."""
    return (
        f'[project]\nname = "T"\nas_of = {as_of}\n'
        '[journey]\nexits = { cancelled = ["q"] }\n'
        f'[funnels.f]\nwindow = "1 day"\n{settings}\n'
    )


@pytest.mark.parametrize(
    ("ties", "events", "depth"),
    [
        ("interchangeable", ["a 09:00", "b 09:01"], 2),
        ("interchangeable", ["a 09:00", "z 09:01", "b 09:02"], 1),
        ("interchangeable", ["a 09:00", "z 09:00", "b 09:01"], 2),
        ("interchangeable", ["a 09:00", "z 09:01", "b 09:01"], 2),
        ("strict", ["a 09:00", "z 09:00", "b 09:01"], 1),
        ("strict", ["a 09:00", "z 09:01", "b 09:01"], 1),
    ],
)
def test_no_other_event_of_the_unit_stands_between_direct_steps(
    ties: str,
    events: list[str],
    depth: int,
    bench: Bench,
) -> None:
    bench.set_project(funnel(f'steps = ["a", "b"]\nmode = "direct"\nties = "{ties}"'))
    bench.given(stg_events=log(*events))
    assert bench.result_of("int_funnel_units", "depth") == [(depth,)]


def test_a_tie_in_the_middle_of_a_direct_chain_is_all_in_it(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(funnel('steps = ["a", "b", "c", "d"]\nmode = "direct"'))
    for between, depth in (("c", 4), ("z", 2)):
        given(stg_events=log("a 09:00", "b 09:01", f"{between} 09:01", "d 09:02"))
        assert result_of("int_funnel_units", "depth") == [(depth,)]


def test_without_an_order_any_steps_event_is_an_entry(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(funnel('steps = ["a", "b", "c"]\nmode = "unordered"'))
    given(stg_events=log("c 09:00", "c 09:01", "a 09:02"))
    assert result_of("int_funnel_units", "depth", "step_us[2]") == [(2, 60_000_000)]
    assert result_of("fct_funnel", "step_index, step, reached", where=WHOLE) == [
        (1, "any 1 of 3", 1),
        (2, "any 2 of 3", 1),
        (3, "any 3 of 3", 0),
    ]


@pytest.mark.parametrize(
    ("ties", "excluded_at", "state"),
    [
        ("interchangeable", "09:01", "excluded"),
        ("interchangeable", "09:00", "converted"),
        ("interchangeable", "09:02", "converted"),
        ("strict", "09:00", "excluded"),
        ("strict", "09:02", "excluded"),
        ("strict", "09:03", "converted"),
    ],
)
def test_a_chain_does_not_span_an_exclusion(
    ties: str,
    excluded_at: str,
    state: str,
    bench: Bench,
) -> None:
    bench.set_project(
        funnel(
            f'steps = ["a", "b"]\nexclusions.end_attempt = "x"\nties = "{ties}"',
        )
    )
    bench.given(stg_events=log("a 09:00", f"x {excluded_at}", "b 09:02"))
    assert bench.result_of("int_funnel_units", "state") == [(state,)]
    counts = "entered, reached, excluded, dropped"
    assert bench.result_of(
        "fct_funnel", counts, where=f"step_index = 1 and {WHOLE}"
    ) == [(1, 1, int(state == "excluded"), 0)]


def test_a_unit_is_excluded_only_if_no_best_attempt_had_its_time(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(funnel('steps = ["a", "b"]\nexclusions.end_attempt = "x"'))
    given(stg_events=log("a 09:00", "a 09:00 10", "x 10:00 10"))
    assert result_of("int_funnel_units", "state") == [("dropped",)]


@pytest.mark.parametrize(("at", "entered"), [("09:01", 0), ("09:03", 1)])
def test_an_exclusion_may_take_the_unit_out(
    at: str, entered: int, project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(funnel('steps = ["a", "b"]\nexclusions.drop_unit = "x"'))
    given(stg_events=log("a 09:00", f"x {at}", "b 09:02"))
    assert result_of("fct_funnel", "entered", where=f"step_index = 1 and {WHOLE}") == [
        (entered,)
    ]


@pytest.mark.parametrize(
    ("orders", "depth"),
    [(("1", "1"), 2), (("1", "2"), 1), ((None, None), 1)],
)
def test_steps_chain_only_where_what_is_held_is_equal(
    orders: tuple[str | None, str | None],
    depth: int,
    project: SetProject,
    given: Given,
    result_of: ResultOf,
) -> None:
    project(funnel('steps = ["a", "b"]\nhold = "order_id"'))
    given(stg_events=log("a 09:00", "b 09:01") | {"order_id": list(orders)})
    assert result_of("int_funnel_units", "depth") == [(depth,)]


def test_an_optional_step_counts_whom_the_deciding_chain_holds(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(funnel(OPTIONAL))
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | a        | 2024-05-01 09:00
            ann      | b        | 2024-05-01 09:01
            ann      | c        | 2024-05-01 09:02
            bob      | a        | 2024-05-01 09:00
            bob      | c        | 2024-05-01 09:02
            cid      | a        | 2024-05-01 09:00
            cid      | b        | 2024-05-01 09:01
            cid      | a        | 2024-05-01 09:02
            cid      | c        | 2024-05-01 09:03
            dan      | a        | 2024-05-01 09:00
            dan      | b        | 2024-05-01 09:01
        """,
    )
    # Cid's latest entry converts without b. Dan's chain ends with b, after step 1.
    assert result_of(
        "fct_funnel",
        "step_index, is_optional, reached, dropped, rate_observed_of_previous",
        where=WHOLE,
    ) == [(1, False, 4, 1, None), (2, True, 2, 0, 2 / 4), (3, False, 3, 0, 3 / 4)]


@pytest.mark.parametrize(("at", "depth"), [("10:00", 2), ("10:00:00.000001", 1)])
def test_the_time_of_a_step_runs_from_the_event_matched_before(
    at: str, depth: int, project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(funnel('steps = ["a", { any = "b", within = "1 hour" }]'))
    given(stg_events=log("a 08:00", "a 09:00", f"b {at}"))
    assert result_of("int_funnel_units", "depth") == [(depth,)]


def test_days_bound_the_entry_and_not_the_conversion(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    days = "from = 2024-05-02\nuntil = 2024-05-03"
    project(funnel(f'steps = ["a", "b"]\nentry = "first"\n{days}'))
    given(stg_events=log("a 23:59 01", "a 00:00 02", "b 00:00 03", "a 00:00 03"))
    assert result_of(
        "int_funnel_units", "depth", "last_entry_us // 1000000 % 86400"
    ) == [(2, 0)]


def test_each_attempt_is_a_unit(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(funnel(ATTEMPTS + '\nexclusions.end_attempt = "x"'))
    given(
        stg_events=log(
            *("a 09:00", "a 09:01", "b 09:02"),  # the second a is within the first
            *("a 09:03", "x 09:04"),
            *("a 09:05", "a 09:05 02", "a 09:06 02"),  # until the window's end
        )
    )
    assert result_of("int_funnel_units", "attempt_index", "state") == [
        (1, "converted"),
        (2, "excluded"),
        (3, "dropped"),
        (4, "dropped"),
    ]
    entered = result_of(
        "fct_funnel_units", "attempt_index, strftime(entered_at, '%H:%M')"
    )
    assert entered == [(1, "09:00"), (2, "09:03"), (3, "09:05"), (4, "09:06")]


@pytest.mark.parametrize(
    ("events", "clock"),
    [
        (["a 09:00", "a 09:01", "b 09:03"], (120, "reached")),
        (["a 09:00", "x 09:01", "q 09:02"], (60, "excluded")),
        (["a 09:00", "q 09:02"], (120, "exited")),
        (["a 09:00"], (86400, "censored")),
        (["a 11:00 02"], (3600, "censored")),
    ],
)
def test_a_clock_runs_from_the_latest_entry_to_what_ends_it(
    events: list[str],
    clock: tuple[int, str],
    project: SetProject,
    given: Given,
    result_of: ResultOf,
) -> None:
    project(
        funnel(
            'steps = ["a", "b"]\nexclusions.end_attempt = "x"', "2024-05-02T12:00:00Z"
        )
    )
    given(stg_events=log(*events))
    assert result_of("int_funnel_clocks", "duration_us // 1000000", "cause") == [clock]


def test_events_out_of_order_are_refused(bench: Bench) -> None:
    bench.set_project(funnel('steps = ["a", "b"]'))
    bench.given(stg_events=log("a 09:00", "b 09:01"))
    bench.build("int_funnel_units")
    (events,) = read_units(bench.con, select_events(bench.con, 1).query)
    check_order(events)
    with pytest.raises(ModelError, match="not in order"):
        check_order(events.take([1, 0]))
