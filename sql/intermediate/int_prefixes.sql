-- What was known of a journey at a moment, and what came of it within the horizon.
-- key: journey_code, moment_index
--
-- journey_code         number of the journey
-- customer_code        number of its customer
-- moment_index         0 is now, where nothing is known of what comes
-- moment_us            the moment, in microseconds since 1970
-- until_us             the end of the horizon from then
-- path                 activity codes of its steps so far
-- stage_index          the furthest stage so far; 0 if none was named
-- channel              of its last step
-- company_steps        steps of the company's so far
-- switches             changes of channel so far
-- elapsed_us           time since its first event
-- silence_us           time since its last event
-- earlier              journeys that the customer had begun before
-- earlier_conversions  converted journeys of the customer that had ended before
-- later                activity codes of its steps from then to the end of the horizon
-- outcome              what it was at the end of the horizon; null for now
-- conversion_us        time from then to the goal; null unless it was reached by then

with seen as (

    select
        int_prefix_moments.journey_code,
        int_prefix_moments.moment_index,
        int_steps.event_number,
        int_steps.occurred_us,
        int_steps.activity_code,
        int_steps.channel,
        int_steps.stage_index,
        int_steps.is_customer,
        int_steps.is_step,
        int_steps.is_switch,
        int_activities.is_goal,
        int_activities.exit_cause is not null as is_exit,
        int_steps.occurred_us <= int_prefix_moments.moment_us as is_past
    from int_prefix_moments
    inner join int_steps
        on
            int_prefix_moments.journey_code = int_steps.journey_code
            and int_prefix_moments.until_us >= int_steps.occurred_us
    inner join int_activities
        on int_steps.activity_code = int_activities.activity_code
    where not int_steps.is_aftermath

),

told as (

    select
        journey_code,
        moment_index,
        list(activity_code order by event_number)
        filter (where is_past and is_step) as path,
        list(activity_code order by event_number)
        filter (where not is_past and is_step) as later,
        max(stage_index) filter (where is_past) as stage_index,
        arg_max(channel, event_number) filter (where is_past and is_step) as channel,
        count(*) filter (where is_past and is_step and not is_customer)
            as company_steps,
        count(*) filter (where is_past and is_switch) as switches,
        min(occurred_us) as started_us,
        max(occurred_us) filter (where is_past) as last_us,
        max(occurred_us) filter (where is_past and is_customer) as active_us,
        max(occurred_us) filter (where is_customer) as active_at_last_us,
        bool_or((is_goal or is_exit) and is_past) as is_over,
        min(occurred_us) filter (where is_goal) as goal_us,
        bool_or(is_exit) as is_exited
    from seen
    group by journey_code, moment_index

),

conversions as (

    select
        int_prefix_moments.journey_code,
        int_prefix_moments.moment_index,
        count(*) as earlier_conversions
    from int_prefix_moments
    inner join int_journeys
        on
            int_prefix_moments.customer_code = int_journeys.customer_code
            and int_prefix_moments.journey_code <> int_journeys.journey_code
            and int_prefix_moments.moment_us >= epoch_us(int_journeys.ended_at)
    where int_journeys.journey_kind = 'main' and int_journeys.outcome = 'converted'
    group by int_prefix_moments.journey_code, int_prefix_moments.moment_index

)

select
    told.journey_code,
    int_prefix_moments.customer_code,
    told.moment_index,
    int_prefix_moments.moment_us,
    int_prefix_moments.until_us,
    told.path,
    told.stage_index,
    told.channel,
    told.company_steps,
    told.switches,
    int_prefix_moments.moment_us - told.started_us as elapsed_us,
    int_prefix_moments.moment_us - told.last_us as silence_us,
    int_prefix_moments.earlier,
    coalesce(conversions.earlier_conversions, 0) as earlier_conversions,
    coalesce(told.later, []) as later,
    case
        when told.moment_index = 0 then null
        when told.goal_us is not null then 'converted'
        when told.is_exited then 'exited'
        when
            coalesce(told.active_at_last_us, told.started_us) + $inactivity_us
            <= int_prefix_moments.until_us
            then 'abandoned'
        else 'in_progress'
    end as outcome,
    told.goal_us - int_prefix_moments.moment_us as conversion_us
from told
inner join int_prefix_moments
    on
        told.journey_code = int_prefix_moments.journey_code
        and told.moment_index = int_prefix_moments.moment_index
left join conversions
    on
        told.journey_code = conversions.journey_code
        and told.moment_index = conversions.moment_index
-- In progress as it was seen then: not ended, not silent for too long.
where
    told.path is not null
    and not told.is_over
    and coalesce(told.active_us, told.started_us) + $inactivity_us
    > int_prefix_moments.moment_us
order by told.moment_index, told.journey_code
