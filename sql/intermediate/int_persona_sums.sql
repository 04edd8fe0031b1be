-- What profiles of personas are made of: sums over customers, from which shares and
-- means, and how sure they are, follow.
-- key: persona, aspect, kind, name
--
-- persona    the persona
-- aspect     goal, exit, pain_point, buying or channel
-- kind       of a pain point: drop_off, abandonment, step_back, contact or emotion; of
--            all others, the aspect
-- name       of the goal, cause, funnel and step, attempt and cause, touchpoint, figure
--            or channel
-- scale      what y is to be divided by
-- least      the least that y can be per x; null if there is no such thing
-- most       the most that y can be per x; null if there is no such thing
-- customers  customers with anything to count; units where a funnel counts them
-- x          what is counted: journeys, attempts, answers, orders, events or customers
-- y          how much of it, or on it
-- xx         sum of the squares of x
-- xy         sum of the products
-- yy         sum of the squares of y

with journeys as (

    -- Begun so long ago that silence would have ended them: of later ones only those
    -- who were quick have an outcome.
    select
        journey_code,
        customer_code,
        outcome,
        exit_cause
    from int_journeys
    where
        journey_kind = 'main'
        and outcome <> 'in_progress'
        and epoch_us(started_at) <= $as_of_us - $inactivity_us

),

goal_journeys as (

    select distinct
        journeys.customer_code,
        journeys.journey_code,
        int_activities.activity
    from int_event_log
    inner join int_activities
        on
            int_event_log.activity_code = int_activities.activity_code
            and int_activities.is_goal
    inner join int_event_journey
        on
            int_event_log.event_number = int_event_journey.event_number
            and int_event_journey.journey_kind = 'main'
            and not int_event_journey.is_aftermath
    inner join journeys
        on int_event_journey.journey_code = journeys.journey_code

),

orders as (

    select
        customer_code,
        count(*) as orders,
        count(goal_amount) as priced,
        cast(round(sum(goal_amount) * 100) as bigint) as amount
    from int_journeys
    where journey_kind = 'main' and outcome = 'converted'
    group by customer_code

),

funnel_steps as (

    select
        cfg_funnel_steps.funnel,
        cfg_funnel_steps.step_index,
        cfg_funnel_steps.step,
        int_activities.activity_code,
        dense_rank() over (
            order by cfg_funnel_steps.funnel, cfg_funnel_steps.step_index
        ) as step_number,
        max(cfg_funnel_steps.step_index) over (
            partition by cfg_funnel_steps.funnel, int_activities.activity_code
        ) as latest_index,
        cfg_funnels.mode <> 'unordered' as is_ordered
    from cfg_funnel_steps
    inner join int_activities on cfg_funnel_steps.activity = int_activities.activity
    inner join cfg_funnels on cfg_funnel_steps.funnel = cfg_funnels.funnel

),

-- Who is back at an earlier step right after a later one.
returns as (

    select
        int_steps.customer_code,
        int_steps.journey_code,
        here.step_number,
        coalesce(bool_or(beyond.latest_index < here.step_index), false) as is_back
    from int_steps
    inner join funnel_steps as here
        on
            int_steps.activity_code = here.activity_code
            and here.step_index > 1
            and here.is_ordered
    left join funnel_steps as beyond
        on
            here.funnel = beyond.funnel
            and int_steps.next_activity_code = beyond.activity_code
    where int_steps.is_step
    group by int_steps.customer_code, int_steps.journey_code, here.step_number

),

step_names as (

    select distinct
        step_number,
        funnel || ' · ' || step as step_name,
        funnel,
        step_index
    from funnel_steps

),

answers as (

    select
        customer_code,
        touchpoint || case when is_solicited then '' else ' (unasked)' end
            as touchpoint,
        emotion_ppm
    from int_feedback
    where emotion_ppm is not null and touchpoint is not null

),

-- What is counted, per customer; `basis` is what the counts below are part of.
bases as (

    select
        customer_code,
        'journeys' as basis,
        count(*) as x
    from journeys
    group by customer_code
    union all
    select
        customer_code,
        'attempts ' || attempt_kind as basis,
        count(*) as x
    from int_attempts
    where cause <> 'in_progress'
    group by customer_code, attempt_kind
    union all
    select
        customer_code,
        'back ' || step_number as basis,
        count(*) as x
    from returns
    group by customer_code, step_number
    union all
    select
        customer_code,
        'answers ' || touchpoint as basis,
        count(*) as x
    from answers
    group by customer_code, touchpoint
    union all
    select
        customer_code,
        unnest(['customers', 'contacts']) as basis,
        1 as x
    from int_customers
    union all
    select
        customer_code,
        'buyers' as basis,
        1 as x
    from orders
    union all
    select
        customer_code,
        'baskets' as basis,
        priced as x
    from orders
    where priced > 0
    union all
    select
        customer_code,
        'events' as basis,
        count(*) as x
    from int_event_log
    where is_customer and customer_code is not null
    group by customer_code

),

counts as (

    select
        customer_code,
        'journeys' as basis,
        'goal' as aspect,
        'goal' as kind,
        activity as name,
        count(*) as y
    from goal_journeys
    group by customer_code, activity
    union all
    select
        customer_code,
        'journeys' as basis,
        'exit' as aspect,
        'exit' as kind,
        coalesce(exit_cause, outcome) as name,
        count(*) as y
    from journeys
    where outcome <> 'converted'
    group by customer_code, coalesce(exit_cause, outcome)
    union all
    select
        customer_code,
        'attempts ' || attempt_kind as basis,
        'pain_point' as aspect,
        'abandonment' as kind,
        attempt_kind || ' · ' || cause as name,
        count(*) as y
    from int_attempts
    where cause not in ('in_progress', 'converted')
    group by customer_code, attempt_kind, cause
    union all
    select
        returns.customer_code,
        'back ' || returns.step_number as basis,
        'pain_point' as aspect,
        'step_back' as kind,
        step_names.step_name as name,
        count(*) as y
    from returns
    inner join step_names on returns.step_number = step_names.step_number
    where returns.is_back
    group by returns.customer_code, returns.step_number, step_names.step_name
    union all
    select
        customer_code,
        'answers ' || touchpoint as basis,
        'pain_point' as aspect,
        'emotion' as kind,
        touchpoint as name,
        cast(sum(emotion_ppm) as bigint) as y
    from answers
    group by customer_code, touchpoint
    union all
    select distinct
        customer_code,
        'contacts' as basis,
        'pain_point' as aspect,
        'contact' as kind,
        'support' as name,
        1 as y
    from int_event_log
    where
        is_customer and customer_code is not null and source_system = 'support'
    union all
    select
        customer_code,
        'customers' as basis,
        'buying' as aspect,
        'buying' as kind,
        'orders_per_customer' as name,
        orders as y
    from orders
    union all
    select
        customer_code,
        'baskets' as basis,
        'buying' as aspect,
        'buying' as kind,
        'mean_basket' as name,
        amount as y
    from orders
    where priced > 0
    union all
    select
        customer_code,
        'buyers' as basis,
        'buying' as aspect,
        'buying' as kind,
        'repeat_buyers' as name,
        cast(orders > 1 as bigint) as y
    from orders
    union all
    select
        customer_code,
        'events' as basis,
        'channel' as aspect,
        'channel' as kind,
        channel as name,
        count(*) as y
    from int_event_log
    where is_customer and customer_code is not null
    group by customer_code, channel

),

based as (

    select
        int_personas.persona,
        bases.basis,
        count(*) as customers,
        sum(bases.x) as x,
        sum(bases.x * bases.x) as xx
    from bases
    inner join int_personas on bases.customer_code = int_personas.customer_code
    group by int_personas.persona, bases.basis

),

counted as (

    select
        int_personas.persona,
        counts.basis,
        counts.aspect,
        counts.kind,
        counts.name,
        sum(counts.y) as y,
        sum(bases.x * counts.y) as xy,
        sum(cast(counts.y as hugeint) * counts.y) as yy
    from counts
    inner join bases
        on
            counts.customer_code = bases.customer_code
            and counts.basis = bases.basis
    inner join int_personas on counts.customer_code = int_personas.customer_code
    group by all

),

-- A persona without any is told as well.
names as (
    select distinct basis, aspect, kind, name from counted
),

summed as (

    select
        based.persona,
        names.aspect,
        names.kind,
        names.name,
        case
            when names.kind = 'emotion' then 1000000
            when names.aspect = 'buying' and names.name = 'mean_basket' then 100
            else 1
        end as scale,
        names.aspect = 'buying' and names.name <> 'repeat_buyers' as is_boundless,
        based.customers,
        based.x,
        coalesce(counted.y, 0) as y,
        based.xx,
        coalesce(counted.xy, 0) as xy,
        coalesce(counted.yy, 0) as yy
    from names
    inner join based on names.basis = based.basis
    left join counted
        on
            based.persona = counted.persona
            and names.basis = counted.basis
            and names.aspect = counted.aspect
            and names.kind = counted.kind
            and names.name = counted.name

)

select
    persona,
    aspect,
    kind,
    name,
    scale,
    case
        when is_boundless then null
        when kind = 'emotion' then -scale
        else 0
    end as least,
    case when not is_boundless then scale end as most,
    customers,
    cast(x as double) as x,
    cast(y as double) as y,
    cast(xx as double) as xx,
    cast(xy as double) as xy,
    cast(yy as double) as yy
from summed
union all
select
    drop_offs.persona,
    'pain_point' as aspect,
    'drop_off' as kind,
    step_names.step_name as name,
    1 as scale,
    0 as least,
    1 as most,
    drop_offs.at_risk as customers,
    cast(drop_offs.at_risk as double) as x,
    cast(drop_offs.dropped_at_risk as double) as y,
    cast(drop_offs.at_risk as double) as xx,
    cast(drop_offs.dropped_at_risk as double) as xy,
    cast(drop_offs.dropped_at_risk as double) as yy
from int_drop_off_counts as drop_offs
inner join step_names
    on
        drop_offs.funnel = step_names.funnel
        and drop_offs.step_index = step_names.step_index
where
    drop_offs.persona <> 'all'
    and drop_offs.segment = 'all'
    and drop_offs.period = 'all'
    and drop_offs.at_risk > 0
