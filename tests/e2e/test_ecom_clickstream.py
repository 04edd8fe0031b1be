"""A shop's clicks: users, sessions, copies, paths, and two incidents."""

import csv
import gzip
from collections import defaultdict
from datetime import datetime
from itertools import pairwise

import pytest
from tests.e2e.facts import assert_same_process, facts_of, process_of

LOG = "ecom_clickstream"


@pytest.fixture(scope="module")
def facts(logs):
    return facts_of(logs / LOG)


@pytest.fixture(scope="module")
def clicks(logs):
    with gzip.open(logs / LOG / "ecom.csv.gz", "rt", newline="") as file:
        return list(csv.DictReader(file))


def test_users_and_given_sessions_are_those_of_the_log(published, facts):
    (found,) = published("clicks_incidents").rows(
        "select count(distinct customer_id), count(distinct session_id) from fct_events"
    )
    assert found == (600, facts["quality"]["sessions"])


def test_a_session_by_gap_ends_with_30_minutes_of_silence(published, clicks):
    times = defaultdict(list)
    for click in clicks:
        times[click["user_id"]].append(datetime.fromisoformat(click["timestamp"]))
    gaps = [
        (after - before).total_seconds()
        for moments in times.values()
        for before, after in pairwise(sorted(moments))
    ]
    sessions = len(times) + sum(gap > 30 * 60 for gap in gaps)
    run = published("clicks_by_gap")
    assert run.rows("select count(distinct session_id) from fct_events") == [
        (sessions,)
    ]
    assert run.rows("select sum(sessions) from dim_customers") == [(sessions,)]


def test_the_30_copies_are_duplicates(published, facts):
    copies = facts["quality"]["exact_duplicate_rows"]
    events = facts["user_level"]["process"]["events"]
    loads = published("clicks_incidents").rows(
        "select lines, header, accepted, duplicate, quarantined from meta_loads"
    )
    assert loads == [(events + 1, 1, events - copies, copies, 0)]
    assert copies == 30


def test_copies_are_kept_where_the_project_says_so(published, facts):
    run = published("clicks_by_gap")
    events = facts["user_level"]["process"]["events"]
    assert run.rows("select accepted, duplicate from meta_loads") == [(events, 0)]
    counts = run.counts("select activity, count(*) from fct_events group by all")
    assert counts == facts["user_level"]["process"]["activity_counts"]


@pytest.mark.parametrize("case", ["user", "session"])
def test_paths_are_those_of_the_facts(case, published, facts):
    found = process_of(published(f"clicks_by_{case}"))
    assert_same_process(found, facts[f"{case}_level"]["process"])


def test_the_checkout_bug_shows_on_mobile_in_april(published):
    # 9 April to 9 May: on mobile, shipping details lead back to the cart.
    drop_offs = published("clicks_incidents").rows(
        """
        select segment_value, period, excess, q_value, expected_basis, next_step,
            next_activity
        from fct_drop_offs
        where funnel = 'delivery' and persona = 'all' and segment = 'platform'
            and period <> 'all'
        order by excess desc
        """
    )
    platform, period, excess, q_value, _, next_step, next_activity = drop_offs[0]
    assert (platform, period) == ("mobile", "2024-04-01")
    assert next_step == "payment_details"
    assert next_activity == "cart"
    assert excess > 10
    assert q_value < 0.05
    assert min(row[3] for row in drop_offs[1:]) > 0.05  # nowhere else, at no other time


def test_the_payment_incident_shows_on_all_platforms_in_may(published):
    # 19 May to 7 June: payments fail, on every platform.
    drop_offs = published("clicks_incidents").rows(
        """
        select period, excess, q_value, expected_basis, next_step
        from fct_drop_offs
        where funnel = 'payment' and persona = 'all' and segment = 'all'
            and period <> 'all'
        order by excess desc
        """
    )
    period, excess, q_value, basis, next_step = drop_offs[0]
    assert (period, next_step) == ("2024-05-01", "purchase")
    assert basis == "period_before"
    assert excess > 30
    assert q_value < 0.05
    assert min(row[2] for row in drop_offs[1:]) > 0.05


def test_sessions_with_a_payment_error_are_those_of_the_facts(published, facts):
    (found,) = published("clicks_incidents").rows(
        """
        select count(distinct session_id), count(distinct session_id) filter (
            where occurred_at >= timestamptz '2024-05-19 00:00:00+00'
                and occurred_at < timestamptz '2024-06-08 00:00:00+00'
        )
        from fct_events
        where activity = 'payment_error'
        """
    )
    told = facts["documented_incidents_measured"]
    within = told["payment_incident_window_2024-05-19..06-07"]["with_payment_error"]
    outside = told["outside_payment_window"]["with_payment_error"]
    assert found == (within + outside, within)
