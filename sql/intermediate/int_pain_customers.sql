-- How many customers are behind each pain point: several units may be one customer.
-- key: number
--
-- number     number of the pain point
-- customers  customers among those at risk

with asked as (

    select
        *,
        case kind when 'wait' then other_code else 0 end as following_code
    from py_pain_points

),

places as (

    select distinct
        code,
        following_code
    from asked
    where kind not in ('step', 'feeling')

),

visits as (

    -- Of a journey in progress nobody knows yet what it does at its last activity.
    select
        int_steps.journey_code,
        places.code,
        places.following_code,
        any_value(int_steps.customer_code) as customer_code,
        any_value(int_steps.slice_set) as slice_set,
        any_value(int_steps.is_open) as is_open,
        count(int_steps.next_activity_code) > 0 as is_followed,
        coalesce(bool_or(int_steps.next_activity_code = places.following_code), false)
            as is_followed_so,
        min(int_steps.occurred_us) as occurred_us
    from int_steps
    inner join places on int_steps.activity_code = places.code
    where int_steps.is_step
    group by int_steps.journey_code, places.code, places.following_code

),

units as (

    select
        asked.number,
        int_funnel_units.customer_code
    from asked
    inner join int_slices
        on
            asked.persona = int_slices.persona
            and asked.segment = int_slices.segment
            and asked.segment_value = int_slices.segment_value
    inner join int_funnel_slices
        on
            asked.funnel = int_funnel_slices.funnel
            and int_slices.slice_set = int_funnel_slices.slice_set
    inner join int_funnel_units
        on
            int_funnel_slices.funnel = int_funnel_units.funnel
            and int_funnel_slices.unit_code = int_funnel_units.unit_code
            and int_funnel_slices.attempt_index = int_funnel_units.attempt_index
    where
        asked.kind = 'step'
        and int_funnel_units.depth_mature >= asked.code
        and asked.period in ('all', cast(int_funnel_units.entry_month as varchar))
    union all
    select
        asked.number,
        visits.customer_code
    from asked
    inner join int_slices
        on
            asked.persona = int_slices.persona
            and asked.segment = int_slices.segment
            and asked.segment_value = int_slices.segment_value
    inner join visits
        on
            asked.code = visits.code
            and asked.following_code = visits.following_code
            and int_slices.slice_set = visits.slice_set
    where
        asked.kind not in ('step', 'feeling')
        and case asked.kind
            when 'touchpoint' then not visits.is_open
            when 'wait' then visits.is_followed_so
            else not visits.is_open or visits.is_followed
        end
        and asked.period in (
            'all',
            cast(
                cast(
                    date_trunc(
                        'month', timezone($zone, make_timestamptz(visits.occurred_us))
                    ) as date
                ) as varchar
            )
        )

),

counted as (

    select
        number,
        count(distinct customer_code) as customers
    from units
    group by number

),

felt as (

    select
        asked.number,
        int_experience.customers
    from asked
    inner join int_experience
        on
            asked.kind = 'feeling'
            and asked.place
            = int_experience.name
            || case when int_experience.is_solicited then ', asked' else ', unasked' end
            and asked.period = int_experience.period
            and asked.persona = int_experience.persona
            and int_experience.segment = 'all'
            and int_experience.level in ('all', 'stage')

)

select
    number,
    customers
from counted
union all
select
    number,
    customers
from felt
order by number
