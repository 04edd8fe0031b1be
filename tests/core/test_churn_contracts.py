"""Who leaves when its contract runs out."""

import pytest
from tests.core.bench import WHOLE, Given, ResultOf, SetProject

CONTRACT = """
[churn]
kind = "contractual"
start = "subscribed"
renew = "renewed"
end = "cancelled"
term = "30 days"
"""
MONTHLY = CONTRACT.replace("30 days", "1 month")
SPELL = (
    "strftime(started_at, '%m-%d')",
    "strftime(last_active_at, '%m-%d')",
    "is_churned",
)


def test_a_term_that_is_not_renewed_is_churn_of_who_was_active_at_the_start(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(MONTHLY)
    given(
        stg_events="""
            customer | activity   | occurred_at
            ann      | subscribed | 2024-04-01 00:00
            ann      | renewed    | 2024-05-01 00:00
            bob      | subscribed | 2024-04-10 09:00
            cid      | subscribed | 2024-05-10 09:00
            cid      | renewed    | 2024-06-10 09:00
            dot      | subscribed | 2024-03-31 09:00
            dot      | cancelled  | 2024-04-20 09:00
            dot      | subscribed | 2024-05-20 09:00
        """,
    )
    # ann was active at the start of April and of May, and her term ended with May.
    # dot's second contract ended on 20 June; cid's runs beyond the watermark.
    assert result_of(
        "fct_churn",
        "period, at_risk, churned, active, undetermined, resurrected",
        where=WHOLE,
    ) == [
        ("2024-03-01", 0, 0, 0, 0, 0),
        ("2024-04-01", 2, 1, 1, 0, 0),
        ("2024-05-01", 2, 2, 0, 0, 1),
        ("2024-06-01", 2, 1, 1, 0, 0),
        ("all", 6, 4, 2, 0, 1),
    ]


@pytest.mark.parametrize(
    ("renewed", "spells"),
    [
        ("05-31 09:00", [("05-01", "06-30", True)]),
        ("06-03 09:00", [("05-01", "07-03", None)]),
        ("06-03 09:01", [("05-01", "05-31", True), ("06-03", "07-03", False)]),
    ],
)
def test_a_renewal_within_the_grace_goes_on(
    renewed: str,
    spells: list[tuple[str, str, bool | None]],
    project: SetProject,
    given: Given,
    result_of: ResultOf,
) -> None:
    project(
        CONTRACT
        + 'grace = "3 days"\n[project]\nname = "T"\nas_of = 2024-07-03T09:00:00Z'
    )
    given(
        stg_events=f"""
            customer | activity   | occurred_at
            ann      | subscribed | 2024-05-01 09:00
            ann      | renewed    | 2024-{renewed}
        """,
    )
    assert result_of("fct_spells", *SPELL) == spells


@pytest.mark.parametrize(
    ("until", "end"),
    [("2024-06-15", "06-15"), ("2024-06-15T12:00:00Z", "06-15"), ("", "05-31")],
)
def test_a_term_ends_when_the_event_says_so(
    until: str, end: str, project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(CONTRACT + 'term_end = "paid_until"')
    given(
        stg_events=f"""
            customer | activity   | occurred_at      | paid_until
            ann      | subscribed | 2024-05-01 09:00 | {until}
        """,
    )
    assert result_of("fct_spells", *SPELL) == [("05-01", end, True)]


def test_a_contract_without_a_term_runs_until_it_is_ended(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(CONTRACT.replace('term = "30 days"', ""))
    given(
        stg_events="""
            customer | activity   | occurred_at
            ann      | subscribed | 2024-01-01 09:00
            bob      | subscribed | 2024-01-01 09:00
            bob      | cancelled  | 2024-05-20 09:00
        """,
    )
    assert result_of("fct_spells", *SPELL) == [
        ("01-01", "05-20", True),
        ("01-01", None, False),
    ]


def test_a_month_later_is_the_same_day_in_the_projects_zone(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(
        MONTHLY + '[project]\nname = "T"\ntimezone = "Europe/Berlin"\n'
        "as_of = 2024-07-01T00:00:00Z"
    )
    given(
        stg_events="""
            customer | activity   | occurred_at
            ann      | subscribed | 2024-03-15 08:00
            bob      | subscribed | 2024-01-31 08:00
        """,
    )
    # Clocks went forward on 31 March: an hour less in UTC. February has no 31st day.
    assert result_of("fct_spells", "strftime(last_active_at, '%m-%d %H:%M')") == [
        ("02-29 08:00",),
        ("04-15 07:00",),
    ]


def test_whoever_writes_the_renewal_it_counts(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(CONTRACT)
    given(
        stg_events="""
            customer | activity   | occurred_at      | is_customer
            ann      | subscribed | 2024-05-01 09:00 | true
            ann      | renewed    | 2024-05-31 09:00 | false
        """,
    )
    assert result_of("fct_spells", *SPELL) == [("05-01", "06-30", True)]


@pytest.mark.parametrize(
    ("until", "is_churned"),
    [("2024-06-28", True), ("2024-06-28T00:00:01Z", None), ("2024-07-02", False)],
)
def test_who_is_in_its_days_of_grace_is_not_known_yet(
    until: str,
    is_churned: bool | None,
    project: SetProject,
    given: Given,
    result_of: ResultOf,
) -> None:
    project(CONTRACT + 'grace = "3 days"\nterm_end = "until"')
    given(
        stg_events=f"""
            customer | activity   | occurred_at      | until
            ann      | subscribed | 2024-05-01 09:00 | {until}
        """,
    )
    assert result_of("dim_customers", "is_churned") == [(is_churned,)]
