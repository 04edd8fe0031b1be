"""What was planted in the sample is found again."""

from collections.abc import Callable

import pyarrow.parquet as pq
import pytest
from sklearn.metrics import adjusted_rand_score
from tests.e2e.running import SAMPLE, Published, Rows

HORIZON = "interval 45 days"  # of the sample's project file
WHO = """
    (
        select distinct truth.customer, dim_identities.customer_id
        from truth_identities as truth
        inner join dim_identities
            on truth.identifier_type = dim_identities.identifier_type
            and truth.identifier = dim_identities.identifier
    )
"""


@pytest.fixture(scope="module")
def rows(sample: Published) -> Callable[[str], Rows]:
    """Query the published tables and the truth (`truth_<name>`) side by side."""

    def query(sql: str) -> Rows:
        truths = ", ".join(
            f"truth_{path.stem} as (from read_parquet('{path}'))"
            for path in sorted((SAMPLE / "truth").glob("*.parquet"))
        )
        return sample.rows(f"with {truths} {sql}")

    return query


def test_every_identifier_belongs_to_its_customer_and_no_other(sample):
    truth = pq.read_table(SAMPLE / "truth" / "identities.parquet").to_pylist()
    told = {(r["identifier_type"], r["identifier"]): r["customer"] for r in truth}
    found = sample.counts(
        "select identifier_type, identifier, customer_id from dim_identities"
    )
    assert found.keys() == told.keys()
    pairs = {(told[identifier], found[identifier]) for identifier in told}
    assert len(pairs) == len(set(told.values())) == len(set(found.values()))


def test_personas_are_the_planted_ones(rows):
    found = rows(
        f"""
        select truth.persona, dim_customers.persona
        from truth_personas as truth
        inner join {WHO} as who on truth.customer = who.customer
        inner join dim_customers on who.customer_id = dim_customers.customer_id
        """
    )
    assert len(found) == 2000
    truth, personas = zip(*found, strict=True)
    assert set(personas) == {"p1", "p2", "p3", "p4"}
    assert adjusted_rand_score(truth, personas) >= 0.9


def test_payments_fail_on_mobile_in_april(sample):
    excess, q_value, basis, step, next_activity = _incident(sample)
    assert basis == "period_before"
    assert step == "payment_info_entered"
    assert next_activity == "payment_failed"
    assert excess > 5
    assert q_value < 0.1


def test_no_other_device_and_no_other_month_stands_out_at_the_payment(sample):
    incident, *others = sample.rows(
        """
        select segment_value, period, q_value
        from fct_drop_offs
        where funnel = 'checkout' and persona = 'all' and segment = 'device'
            and period <> 'all' and step = 'payment_info_entered' and excess > 0
        order by q_value
        """
    )
    assert incident[:2] == ("mobile", "2024-04-01")
    assert min(q_value for _, _, q_value in others) > 0.3


def test_failed_payments_stand_in_the_incident(rows):
    (found,) = rows(
        """
        select count(*) filter (where is_within) > 2 * count(*) filter (not is_within)
        from (
            select occurred_at >= incident.started_at
                and occurred_at < incident.ended_at as is_within
            from fct_events
            cross join truth_incidents as incident
            where fct_events.activity = incident.activity
                and month(occurred_at) = 4
        )
        """
    )
    assert found == (True,)


def test_bad_rows_are_quarantined_file_by_file(rows):
    found = rows(
        "select file, lines, records, quarantined from meta_loads order by all"
    )
    told = rows("select file, lines, records, bad from truth_quality order by all")
    assert found == told


def test_duplicates_are_counted_source_by_source(rows):
    # A copy may stand in a file of another month: which of the two counts is open.
    source = "regexp_extract(file, '[a-z]+/([a-z]+)', 1)"
    order = "group by all order by all"
    found = rows(f"select {source}, sum(duplicate) from meta_loads {order}")
    told = rows(f"select {source}, sum(duplicates) from truth_quality {order}")
    assert found == told
    assert sum(copies for _, copies in found) > 200


def test_churners_have_churned_once_the_horizon_has_passed(rows):
    found = rows(
        f"""
        select truth.last_active_at <= timestamptz '2024-07-01 00:00:00+00' - {HORIZON},
            dim_customers.is_churned, count(*)
        from truth_churners as truth
        inner join {WHO} as who on truth.customer = who.customer
        inner join dim_customers on who.customer_id = dim_customers.customer_id
        group by all
        order by all
        """
    )
    assert [row[:2] for row in found] == [(False, None), (True, True)]
    assert min(row[2] for row in found) > 50


def test_customers_in_progress_have_a_journey_in_progress(rows):
    found = rows(
        f"""
        select who.customer, bool_or(fct_journeys.outcome = 'in_progress')
        from truth_customers as truth
        inner join {WHO} as who on truth.customer = who.customer
        inner join fct_journeys on who.customer_id = fct_journeys.customer_id
        where truth.in_progress
        group by all
        """
    )
    assert len(found) > 30
    assert all(is_in_progress for _, is_in_progress in found)


def test_orders_are_those_of_the_truth(rows):
    differing = rows(
        f"""
        select who.customer, truth.orders, dim_customers.conversions
        from truth_customers as truth
        inner join {WHO} as who on truth.customer = who.customer
        inner join dim_customers on who.customer_id = dim_customers.customer_id
        where truth.orders <> dim_customers.conversions
        """
    )
    assert differing == []


def _incident(sample: Published) -> tuple[float, float, str, str, str]:
    (found,) = sample.rows(
        """
        select excess, q_value, expected_basis, step, next_activity
        from fct_drop_offs
        where funnel = 'checkout' and persona = 'all' and segment = 'device'
            and segment_value = 'mobile' and period = '2024-04-01'
        qualify row_number() over (order by excess desc) = 1
        """
    )
    excess, q_value, basis, step, next_activity = found
    return excess, q_value, basis, step, next_activity
