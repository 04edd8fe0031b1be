"""The published tables add up, within each other and over their slices."""

import pytest


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "select sum(events) from meta_balances where rule = 'in_journeys'",
            "select count(*) from fct_events",
        ),
        (
            "select sum(records) from meta_loads",
            "select sum(accepted + duplicate + quarantined + erased) from meta_loads",
        ),
        (
            "select sum(quarantined) from meta_loads",
            "select count(*) from meta_quarantine",
        ),
        (
            "select sum(events) from fct_journeys",
            "select count(*) from fct_events",
        ),
        (
            "select sum(journeys) from dim_customers",
            "select count(*) from fct_journeys",
        ),
        ("select sum(events) from dim_activities", "select count(*) from fct_events"),
        (
            "select sum(customers) from dim_personas",
            "select count(*) from dim_customers",
        ),
        (
            "select sum(conversions) from dim_customers",
            "select count(*) from fct_journeys where outcome = 'converted'",
        ),
        (
            "select sum(journeys) from fct_variants"
            " where persona = 'all' and segment = 'all'",
            "select count(*) from fct_journeys",
        ),
        (
            "select sum(attempts) from fct_abandonment"
            " where persona = 'all' and segment = 'all'",
            "select count(*) from fct_attempts",
        ),
        (
            "select count(*) from dim_customers where is_churned",
            "select count(*) from fct_spells"
            " where is_churned and (customer_id, spell_index) in"
            " (select (customer_id, max(spell_index)) from fct_spells"
            " group by customer_id)",
        ),
        (
            "select sum(exits + abandoned + in_progress) from dim_customers",
            "select count(*) from fct_journeys where outcome <> 'converted'",
        ),
        (
            "select sum(cast(round(total_seconds * 1000000) as bigint))"
            " from fct_stages where persona = 'all' and segment = 'all'",
            "select sum(cast(round(duration_seconds * 1000000) as bigint))"
            " from fct_journeys",
        ),
        (
            "select sum(journeys) from fct_anchored_paths"
            " where persona = 'all' and segment = 'all' and distance = -1",
            "select count(*) from fct_journeys where outcome = 'converted'",
        ),
        (
            "select sum(journeys) from fct_patterns",
            "select sum(converted + exited + abandoned + in_progress)"
            " from fct_patterns",
        ),
        (
            "select sum(channel_switches) from fct_transitions"
            " where persona = 'all' and segment = 'all'",
            "select sum(channel_switches) from fct_journeys",
        ),
        (
            "select sum(switches) from fct_channel_switches"
            " where persona = 'all' and segment = 'all'",
            "select sum(channel_switches) from fct_journeys",
        ),
        (
            "select sum(open_ends) from fct_activities"
            " where persona = 'all' and segment = 'all'",
            "select count(*) from fct_journeys where outcome = 'in_progress'",
        ),
        (
            "select sum(occurrences) from fct_rework"
            " where persona = 'all' and segment = 'all' and kind = 'self_loop'",
            "select sum(transitions) from fct_transitions where persona = 'all'"
            " and segment = 'all' and from_activity = to_activity",
        ),
        (
            "select sum(starts) from fct_activities"
            " where persona = 'all' and segment = 'all'",
            "select count(*) from fct_journeys",
        ),
    ],
)
def test_sums_reconcile(sample, one, other):
    assert sample.rows(one) == sample.rows(other)


@pytest.mark.parametrize(
    "slices",
    ["persona <> 'all' and segment = 'all'", "persona = 'all' and segment = 'device'"],
)
@pytest.mark.parametrize(
    ("table", "key", "count"),
    [
        ("fct_transitions", "from_activity, to_activity", "transitions"),
        ("fct_activities", "activity", "events"),
        ("fct_activities", "activity", "open_ends"),
        ("fct_rework", "kind, activity, other_activity", "occurrences"),
        ("fct_rework", "kind, activity, other_activity", "journeys"),
        ("fct_channel_switches", "from_channel, to_channel", "switches"),
        ("fct_channels", "channel", "starts"),
        ("fct_channels", "channel", "contained"),
        ("fct_stages", "stage", "visits"),
        ("fct_touchpoints", "touchpoint, stage_index, actor", "events"),
        ("fct_variants", "1", "journeys"),
        ("fct_patterns", "pattern", "journeys"),
        ("fct_follows", "from_activity, to_activity", "journeys"),
        (
            "fct_anchored_paths",
            "anchor, distance, from_activity, to_activity",
            "journeys",
        ),
        ("fct_subsequences", "subsequence", "ended"),
        ("fct_funnel", "funnel, step_index", "reached"),
        ("fct_drop_offs", "funnel, period, step_index", "dropped"),
        ("fct_conversion", "funnel, period", "converted"),
        ("fct_abandonment", "attempt_kind, cause", "attempts"),
        ("fct_retention", "cohort, period_index", "active"),
        ("fct_churn", "period", "churned"),
        ("fct_churn", "period", "undetermined"),
        ("fct_churn_hazard", "period_index", "at_risk"),
        ("fct_abandonment", "attempt_kind, cause", "recoverable"),
        ("fct_abandonment_periods", "attempt_kind, period, cause", "attempts"),
        ("fct_experience", "level, name, is_solicited", "answers"),
        ("fct_experience_periods", "period, level, name, is_solicited", "answers"),
    ],
)
def test_slices_sum_to_the_whole(sample, slices, table, key, count):
    whole, parts = (
        sample.counts(
            f"select {key}, sum({count}) from {table} where {where}"
            f" group by all having sum({count}) > 0"
        )
        for where in ("persona = 'all' and segment = 'all'", slices)
    )
    assert parts == whole != {}


def test_entered_is_reached_or_left_in_every_slice(sample):
    off = sample.rows(
        """
        select funnel, persona, segment, segment_value
        from fct_funnel
        group by all
        having max(entered) <> min(reached) + sum(dropped + excluded + in_progress)
            or max(entered) <> min(entered)
        """
    )
    assert off == []


def test_months_of_the_entry_sum_to_all(sample):
    where = "where persona = 'all' and segment = 'all' and period"
    whole, months = (
        sample.rows(
            "select funnel, sum(entered), sum(converted) from fct_conversion"
            f" {where} {which} group by all order by all"
        )
        for which in ("= 'all'", "<> 'all'")
    )
    assert months == whole != []
