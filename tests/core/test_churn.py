"""Who leaves, and who can be said to have left."""

import pytest
from tests.core.bench import WHOLE, Given, ResultOf, SetProject

CHURN = '[churn]\nkind = "non-contractual"\nhorizon = "10 days"'


def test_a_customer_churns_in_the_month_of_its_last_activity(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(CHURN)
    given(
        stg_events="""
            customer | activity | occurred_at      | is_customer
            ann      | view     | 2024-04-28 09:00 | true
            ann      | view     | 2024-05-05 09:00 | true
            ann      | mail     | 2024-05-07 09:00 | false
            bob      | view     | 2024-05-31 09:00 | true
            bob      | view     | 2024-06-09 09:00 | true
            bob      | view     | 2024-06-21 00:00 | true
            cid      | view     | 2024-05-31 09:00 | true
            cid      | view     | 2024-06-09 09:00 | true
            cid      | view     | 2024-06-19 09:00 | true
            cid      | view     | 2024-06-21 00:01 | true
        """,
    )
    assert result_of(
        "fct_churn",
        "period, at_risk, churned, active, undetermined, resurrected",
        where=WHOLE,
    ) == [
        ("2024-04-01", 0, 0, 0, 0, 0),
        ("2024-05-01", 1, 1, 0, 0, 0),
        # bob's first spell ended in June, and a second began; cid's is not settled.
        ("2024-06-01", 2, 1, 0, 1, 1),
        ("all", 3, 2, 0, 1, 1),
    ]


@pytest.mark.parametrize(
    ("last", "is_churned"),
    [("2024-06-21 00:00", True), ("2024-06-21 00:01", None), ("2024-07-01", False)],
)
def test_a_customer_is_churned_active_or_not_known_yet(
    last: str,
    is_churned: bool | None,
    project: SetProject,
    given: Given,
    result_of: ResultOf,
) -> None:
    project(CHURN)
    given(
        stg_events=f"""
            customer | activity | occurred_at
            ann      | view     | 2024-05-01 09:00
            ann      | view     | {last}
        """,
    )
    assert result_of("dim_customers", "is_churned") == [(is_churned,)]


def test_without_a_horizon_nobody_churns(given: Given, result_of: ResultOf) -> None:
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | view     | 2024-01-01 09:00
        """,
    )
    assert result_of("fct_churn", "at_risk") == []
    assert result_of("dim_customers", "is_churned") == [(None,)]


def test_a_return_opens_a_new_spell(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(CHURN)
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | view     | 2024-05-01 09:00
            ann      | view     | 2024-05-11 09:00
            ann      | view     | 2024-05-21 09:01
            ann      | view     | 2024-06-29 09:00
        """,
    )
    # Ten days are no longer than the horizon; a minute more is.
    assert result_of(
        "fct_spells",
        "spell_index",
        "strftime(last_active_at, '%d %b'), strftime(known_at, '%d %b')",
        "is_churned, is_resurrection",
        "duration_seconds / 86400",
    ) == [
        (1, "11 May", "21 May", True, False, 10.0),
        (2, "21 May", "31 May", True, True, 0.0),
        (3, "29 Jun", None, None, True, 0.0),
    ]
