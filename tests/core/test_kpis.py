"""What each metric counts, in which period, and when a period is final."""

from tests.core.bench import Given, ResultOf, SetProject

FUNNEL = """
[journey]
goal = ["paid"]
inactivity = "10 days"
[funnels.shop]
steps = ["view", "cart", "paid"]
window = "14 days"
"""
WHOLE = "persona = 'all' and segment = 'all'"


def of(metric: str, kind: str = "month") -> str:
    return f"metric = '{metric}' and period_kind = '{kind}' and {WHOLE}"


def test_a_unit_counts_in_every_month_that_it_enters_in(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(FUNNEL)
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | view     | 2024-01-05 09:00
            ann      | view     | 2024-03-05 09:00
            ann      | cart     | 2024-03-05 09:10
            ann      | paid     | 2024-04-02 09:00
            bob      | view     | 2024-03-25 09:00
            bob      | cart     | 2024-04-03 09:00
            bob      | paid     | 2024-04-04 09:00
        """,
    )
    assert result_of(
        "fct_kpis", "period, n, value", where=of("funnel.shop.conversion")
    ) == [
        ("2024-01-01", 1, 0.0),
        ("2024-03-01", 2, 0.5),  # ann's payment came after her fourteen days
    ]
    assert result_of(
        "fct_kpis", "period, n, value", where=of("funnel.shop.cart.drop_rate", "week")
    ) == [("2024-03-04", 1, 1.0), ("2024-03-25", 1, 0.0)]


def test_who_still_has_time_is_never_counted_as_lost(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(FUNNEL)
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | view     | 2024-06-01 09:00
            bob      | view     | 2024-06-20 09:00
            cid      | view     | 2024-05-20 09:00
        """,
    )
    assert result_of(
        "fct_kpis",
        "period, n, waiting, value, is_final",
        where=of("funnel.shop.conversion"),
    ) == [
        # What began before the data is no whole month.
        ("2024-05-01", 1, 0, 0.0, False),
        ("2024-06-01", 1, 1, 0.0, False),
    ]


def test_a_month_of_journeys_is_final_once_their_ends_are_known(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(FUNNEL)
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | view     | 2024-05-01 09:00
            ann      | paid     | 2024-05-03 09:00
            bob      | view     | 2024-05-31 09:00
            cid      | view     | 2024-06-25 09:00
            dot      | paid     | 2024-06-26 09:00
        """,
    )
    columns = "period, n, waiting, value, is_final"
    assert result_of("fct_kpis", columns, where=of("journeys.conversion")) == [
        ("2024-05-01", 2, 0, 0.5, True),
        ("2024-06-01", 1, 1, 1.0, False),
    ]
    assert result_of("fct_kpis", columns, where=of("journeys.count")) == [
        ("2024-05-01", 2, 0, 2.0, True),
        ("2024-06-01", 2, 0, 2.0, True),
    ]
    assert result_of("fct_kpis", columns, where=of("journeys.duration")) == [
        ("2024-05-01", 1, 0, 2.0, True),
        ("2024-06-01", 1, 0, 0.0, True),
    ]


def test_a_customer_turns_to_support_once_a_period(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project("")
    given(
        stg_events="""
            customer | activity | occurred_at      | source_system
            ann      | view     | 2024-05-01 09:00 | web
            ann      | ticket   | 2024-05-09 09:00 | support
            ann      | ticket   | 2024-05-20 09:00 | support
            bob      | view     | 2024-05-20 09:00 | web
        """,
    )
    assert result_of("fct_kpis", "n, value", where=of("support.share")) == [(2, 0.5)]


def test_nps_is_promoters_less_detractors(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project('[feedback.nps]\nactivity = "rated"\nkind = "nps"')
    scores = {"ann": 10, "bob": 9, "cid": 0, "dot": 8}
    given(
        stg_events={
            "customer": [*scores],
            "activity": ["rated"] * 4,
            "occurred_at": ["2024-05-03 09:00"] * 4,
            "attributes": [f'{{"score": "{one}"}}' for one in scores.values()],
        }
    )
    assert result_of("fct_kpis", "n, value", where=of("nps")) == [(4, 25.0)]
    assert result_of("fct_kpis", "n, value", where=of("emotion", "week")) == [(4, 0.25)]


def test_an_objective_of_which_nothing_is_known_is_told(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(
        FUNNEL
        + """
        [objectives.mobile]
        metric = "funnel.shop.conversion"
        target = 0.5
        by = 2024-12-31
        segment = { device = "mobile" }
        """
    )
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | view     | 2024-05-01 09:00
        """,
    )
    assert result_of(
        "fct_kpis", "objective, period, n, status", where="objective <> '(none)'"
    ) == [("mobile", "all", 0, "no_data")]


def test_totals_change_at_equal_length(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project("")
    # Two journeys on each day of January and February, by different customers.
    days = [
        f"2024-{month:02}-{day:02}"
        for month, last in ((1, 31), (2, 29))
        for day in range(1, last + 1)
    ]
    given(
        stg_events={
            "customer": [f"{day}-{one}" for day in days for one in "ab"],
            "activity": ["view"] * 2 * len(days),
            "occurred_at": [f"{day} 09:00" for day in days for _ in "ab"],
        }
    )
    assert result_of(
        "fct_kpi_changes",
        "value_before, value_after, round(difference, 9), q_value",
        where=of("journeys.count"),
    ) == [(62.0, 58.0, 0.0, 1.0)]
