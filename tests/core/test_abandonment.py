"""How attempts end, all together: shares, rates and curves."""

from tests.core.bench import WHOLE, Given, ResultOf, SetProject
from tests.core.test_attempts import CART


def test_a_recovery_rate_is_of_those_of_whom_it_is_known(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(CART)
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | cart     | 2024-05-01 09:00
            ann      | order    | 2024-05-02 09:00
            bob      | cart     | 2024-05-01 09:00
            cid      | cart     | 2024-06-30 12:00
        """,
    )
    assert result_of(
        "fct_abandonment",
        "attempts, recoverable, recovered, recovered_converted, recovery_rate",
        where=WHOLE + " and cause = 'silence'",
    ) == [(3, 2, 1, 1, 0.5)]


def test_months_of_the_opening_stand_apart(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(CART)
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | cart     | 2024-04-30 23:59
            ann      | order    | 2024-05-01 00:10
            bob      | cart     | 2024-05-01 00:00
            cid      | cart     | 2024-05-02 00:00
            cid      | order    | 2024-05-02 00:10
        """,
    )
    assert result_of(
        "fct_abandonment_periods",
        "period, cause, attempts, cumulative_incidence",
        where=WHOLE + " and attempts > 0",
    ) == [
        ("2024-04-01", "converted", 1, 1.0),
        ("2024-05-01", "converted", 1, 0.5),
        ("2024-05-01", "silence", 1, 0.5),
    ]


def test_curves_show_how_soon_attempts_end(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(CART)
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | cart     | 2024-05-01 09:00
            ann      | order    | 2024-05-01 09:30
            bob      | cart     | 2024-05-01 09:00
            bob      | order    | 2024-05-01 09:31
            cid      | cart     | 2024-05-01 09:00
        """,
    )
    columns = "seconds // 60, at_risk, ended, round(cumulative_incidence, 3)"
    minutes = WHOLE + " and seconds // 60 in (24, 30, 36, 60, 66)"
    assert result_of(
        "fct_abandonment_times", columns, where=minutes + " and cause = 'converted'"
    ) == [
        (24, 3, 0, 0.0),
        (30, 3, 1, 0.333),
        (36, 1, 2, 0.667),
        (60, 1, 2, 0.667),
        (66, 0, 2, 0.667),
    ]
    # Silence is known an hour after the cart.
    assert result_of(
        "fct_abandonment_times", columns, where=minutes + " and cause = 'silence'"
    ) == [
        (24, 3, 0, 0.0),
        (30, 3, 0, 0.0),
        (36, 1, 0, 0.0),
        (60, 1, 1, 0.333),
        (66, 0, 1, 0.333),
    ]


def test_causes_and_survival_sum_to_one(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(CART)
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | cart     | 2024-05-01 09:00
            ann      | order    | 2024-05-01 09:10
            bob      | cart     | 2024-05-01 09:00
            bob      | fail     | 2024-05-01 09:20
            cid      | cart     | 2024-05-01 09:00
            dan      | cart     | 2024-06-30 23:45
        """,
    )
    # dan is censored after 15 minutes, when one in four had ended; of the rest, one
    # ended by an error, then one by silence.
    assert result_of(
        "fct_abandonment", "cause", "attempts", "cumulative_incidence", where=WHOLE
    ) == [
        ("converted", 1, 0.25),
        ("error", 1, 0.375),
        ("in_progress", 1, 0.0),
        ("silence", 1, 0.375),
    ]
    for table, key in {
        "fct_abandonment": "persona, segment, segment_value",
        "fct_abandonment_periods": "persona, segment, segment_value, period",
        "fct_abandonment_times": "persona, segment, segment_value, seconds",
    }.items():
        assert (
            result_of(
                table,
                f"sum(cumulative_incidence) over (partition by {key}) as total",
                where="true qualify abs(total - 1) > 1e-12",
            )
            == []
        )
