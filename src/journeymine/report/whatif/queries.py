"""The queries behind attribution and what-if."""

CREDITS = """
select
    persona, model, channel, credit, credit_low, credit_high, credit_share,
    conversions, value, value_low, value_high, spend, cost_per_conversion,
    return_on_spend
from fct_attribution
where segment = 'all'
order by persona, model, channel
"""

CHANNEL_PATHS = """
select
    persona, path, journeys, conversions, conversion_rate, conversion_rate_low,
    conversion_rate_high, value, mean_touches, median_days,
    cast(sum(conversions) over (partition by persona) as bigint) as all_conversions
from fct_attribution_paths
qualify
    path <> '$other' and conversions > 0 and row_number() over (
        partition by persona order by path = '$other', conversions desc, path_index
    ) <= 8
order by persona, conversions desc, path_index
"""

SCENARIOS = """
select
    funnel, period, persona, step_index, step, scenario, at_risk, dropped,
    drop_rate, new_rate, converted, uplift, uplift_low, uplift_high, value, value_low,
    value_high, value_per_conversion
from fct_scenarios
where period = 'all' or (funnel, period) in (
    select (funnel, max(period))
    from fct_scenarios
    where period <> 'all' and persona = 'all'
    group by funnel
)
order by funnel, persona, period <> 'all', step_index, scenario
"""

CHAIN = """
select persona, from_state, to_state, transitions
from fct_chain
order by persona, from_state, to_state
"""
