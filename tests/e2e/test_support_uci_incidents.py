"""A help desk's tickets: journeys per ticket, customers by caller."""

import duckdb
import pytest
from tests.e2e.facts import assert_same_process, facts_of, process_of


@pytest.fixture(scope="module")
def log(logs):
    return logs / "support_uci_incidents"


@pytest.fixture(scope="module")
def facts(log):
    return facts_of(log)


@pytest.fixture(scope="module")
def callers(log):
    """Caller of each ticket: of its first event that has one."""
    rows = (
        duckdb.connect()
        .execute(
            f"""
        select number, caller_id
        from '{log / "incident_event_log.parquet"}'
        where caller_id <> '?'
        order by number, strptime(sys_updated_at, '%d/%m/%Y %H:%M'), sys_mod_count::int
        """
        )
        .fetchall()
    )
    first: dict[str, str] = {}
    for number, caller in rows:
        first.setdefault(number, caller)
    return first


def test_paths_of_tickets_are_those_of_the_facts(published, facts):
    assert_same_process(process_of(published("support")), facts["process"])


def test_ties_within_a_minute_stand_in_order_of_the_update_count(published, facts):
    (found,) = published("support").rows(
        """
        select count(*) - count(distinct (journey_id, occurred_at)) from fct_events
        """
    )
    ties = facts["process"]["rows_sharing_case_and_timestamp_with_an_earlier_row"]
    assert found == (ties,)


def test_day_month_year_times_are_read(published, facts):
    found = published("support").rows(
        "select strftime(min(occurred_at), '%Y-%m-%d %H:%M:%S'),"
        " strftime(max(occurred_at), '%Y-%m-%d %H:%M:%S') from fct_events"
    )
    process = facts["process"]
    assert found == [(process["first_event"], process["last_event"])]


def test_a_question_mark_is_no_caller(published, facts, callers):
    run = published("support")
    named = run.rows("select identifier from dim_identities where identifier = '?'")
    assert named == []
    distinct = run.rows(
        "select count(*) from dim_identities where identifier_type = 'caller_id'"
    )
    # facts.json counts the question mark in.
    assert distinct == [(facts["quality"]["distinct_callers"] - 1,)]


def test_a_ticket_belongs_to_the_caller_of_its_first_event(published, facts, callers):
    found = published("support").counts(
        """
        select dim_identities.identifier, count(*)
        from fct_journeys
        inner join dim_identities
            on fct_journeys.customer_id = dim_identities.customer_id
        where dim_identities.identifier_type = 'caller_id'
        group by all
        """
    )
    told: dict[str, int] = {}
    for caller in callers.values():
        told[caller] = told.get(caller, 0) + 1
    assert found == told


def test_reopened_tickets_are_those_of_the_facts(published, facts):
    run = published("reopened")
    journeys = run.rows("select count(distinct journey_id) from fct_journeys")
    assert journeys == [(facts["reopened_incidents"],)] == [(275,)]


def test_events_left_out_by_a_rule_are_counted_by_its_name(published, facts):
    rules = published("reopened").counts("select rule, events from meta_balances")
    left = rules["accepted"] - rules["in_journeys"]
    assert rules["accepted"] == facts["process"]["events"]
    assert rules["never_reopened"] == left > 0
