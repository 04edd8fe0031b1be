"""The queries that only the funnels ask."""

REQUIRED = """
select funnel, step_index
from meta_funnels
where not coalesce(is_optional, false)
"""

CURVES = """
select funnel, persona, seconds, rate_km, rate_km_low, rate_km_high
from fct_funnel_times
where segment = 'all'
qualify step_index = max(step_index) over (partition by funnel)
order by funnel, persona, seconds
"""

CONVERSION = """
select
    funnel, persona, entered, rate_km, rate_km_low, rate_km_high, rate_km_reason,
    seconds_to_convert_p50, seconds_to_convert_p90
from fct_conversion
where period = 'all' and segment = 'all'
order by funnel, persona
"""

AFTERMATH = """
select
    funnel, persona, step_index, step, dropped, went_on, changed_channel,
    fell_silent, went_to_support, next_activity, median_silence_seconds
from fct_drop_offs
where period = 'all' and segment = 'all' and (dropped > 0 or dropped is null)
order by funnel, persona, step_index
"""

RETURNED = """
with wins as (
    select customer_id, max(ended_at) as won_at
    from fct_journeys
    where journey_kind = 'main' and outcome = 'converted'
    group by customer_id
),
leavers as (
    select
        funnel, customer_id, depth as step_index, last_step_at,
        unnest(['all', persona]) as persona
    from fct_funnel_units
    where state = 'dropped'
)
select
    leavers.funnel, leavers.persona, leavers.step_index,
    count(*) filter (wins.won_at > leavers.last_step_at) as returned
from leavers
left join wins on leavers.customer_id = wins.customer_id
group by leavers.funnel, leavers.persona, leavers.step_index
order by leavers.funnel, leavers.persona, leavers.step_index
"""

DRIVERS = """
select
    funnel, step_index, step, next_step, driver_kind, driver, driver_value,
    units_with, units_without, rate_with, rate_without,
    odds_ratio, odds_ratio_low, odds_ratio_high, q_value, driver_rank,
    count(*) over (partition by funnel, step_index) as tested
from fct_drivers
where persona = 'all' and segment = 'all' and driver_rank is not null
qualify row_number() over (
    partition by funnel, step_index, odds_ratio < 1 order by driver_rank
) <= 5
order by funnel, step_index, driver_rank
"""

PEOPLE = """
with cells as (
    select
        funnel, unnest(['all', persona]) as persona, depth as step_index, state,
        unit_id, attempt_index, last_step_at
    from fct_funnel_units
    where state in ('dropped', 'in_progress')
),
latest as (
    select
        *, count(*) over cell as units, row_number() over ordered as place
    from cells
    window
        cell as (partition by funnel, persona, step_index, state),
        ordered as (
            partition by funnel, persona, step_index, state
            order by last_step_at desc, unit_id, attempt_index
        )
)
select
    latest.funnel, latest.persona, latest.step_index, meta_funnels.step,
    latest.state, latest.units, list(latest.unit_id order by latest.place) as first_ids
from latest
inner join meta_funnels
    on
        latest.funnel = meta_funnels.funnel
        and latest.step_index = meta_funnels.step_index
where latest.place <= 10
group by all
order by latest.funnel, latest.persona, latest.step_index, latest.state
"""

SEGMENTS = """
select
    funnel, segment, segment_value, entered, entered_mature,
    conversion_rate, conversion_rate_low, conversion_rate_high,
    conversion_rate_basis, conversion_rate_reason
from fct_conversion
where period = 'all' and persona = 'all' and segment not in ('all', 'outcome')
order by funnel, segment, segment_value
"""

DIALECTS = """
select
    funnel, dialect, step_index, step, reached, reached_own, difference,
    units_gained, units_lost
from fct_funnel_dialects
where persona = 'all' and segment = 'all'
order by funnel, step_index
"""
