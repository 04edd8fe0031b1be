"""What a sentence may tell of beside the cells of published tables."""

SINGLE = {"event_id", "journey_id", "unit_id", "session_id", "object_id", "identifier"}
"""Columns of tables with a row per event or person: no sentence tells of one."""

MANY = {"fct_funnel_times", "fct_abandonment_times", "fct_follows", "fct_variants"}
FREE = {"dim_personas", "meta_funnels"}
"""Small tables, in which a figure needs no name beside the persona."""

SUMS = {
    "sum of meta_loads": "select sum(accepted) as accepted, sum(quarantined) as"
    " quarantined, sum(accepted + duplicate + quarantined) as read, sum(accepted) /"
    " sum(accepted + duplicate + quarantined) as share from meta_loads",
    "sum of fct_journeys": "select count(*) as journeys, count(*) filter (outcome ="
    " 'converted') as converted, count(*) filter (outcome = 'in_progress') as waiting,"
    " cast(min(started_at) as date) as first_at,"
    " cast(max(ended_at) as date) as last_at,"
    " (select count(*) from dim_customers) as customers,"
    " (select sum(amount) from dim_customers) as amount"
    " from fct_journeys where journey_kind = 'main'",
    "traits": "select persona, unnest(traits, recursive := true) from dim_personas",
    "run": "select max(value) filter (name = 'as_of')::timestamptz::date as as_of,"
    " max(value) filter (name = 'churn_horizon_seconds')::double as horizon_seconds"
    " from meta_run",
    "mean of dim_customers": "select persona, avg(sessions) as sessions, avg(events) as"
    " events, avg((device = 'mobile')::int) as mobile from dim_customers group by"
    " grouping sets ((persona), ())",
    "mean of fct_churn_risk": "select risk_decile, avg(risk) as risk, count(*) as n"
    " from fct_churn_risk where risk is not null and is_open group by all",
    "sum of fct_abandonment": "select attempt_kind, persona, sum(attempts) as attempts"
    " from fct_abandonment where segment = 'all' group by all",
    "sum of fct_kpi_changes": "select persona, count(*) as tested, count(*) filter"
    " (q_value < 0.05 and (difference_low > 0 or difference_high < 0)) as clear"
    " from fct_kpi_changes where rank is not null group by grouping sets"
    " ((period_kind), (period_kind, persona))",
    "sum of fct_variants": "select sum(share) as share from fct_variants where"
    " persona = 'all' and segment = 'all' and variant_index <= 10",
    "first of fct_churn_hazard": "select persona, survival, period_index from"
    " fct_churn_hazard where segment = 'all' and period_index = 1",
    "whole of fct_retention_curve": "select persona, period_index, retention_rate,"
    " cohorts from fct_retention_curve where segment = 'all'",
    "whole of fct_churn": "select persona, churn_rate from fct_churn"
    " where period = 'all' and segment = 'all'",
    "sum of fct_drop_offs": "select funnel, persona, sum(dropped) as dropped,"
    " sum(went_on) as went_on, sum(changed_channel) as changed, sum(fell_silent) as"
    " silent, sum(went_to_support) as support from fct_drop_offs where period = 'all'"
    " and segment = 'all' group by funnel, persona",
    "ends of fct_attribution": "select persona, channel, min(credit) as least,"
    " max(credit) as most, any_value(conversions) as conversions from fct_attribution"
    " where segment = 'all' group by all",
}
"""Sums that the page tells, and that no table has."""
