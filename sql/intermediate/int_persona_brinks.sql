-- The activities on the brink of the goal, at which the watch on a customer ends, so
-- that nothing decided after them makes a persona. Set, or learned from all who reached
-- the goal.
-- key: activity_code
--
-- activity_code  number of the activity

with goals as (

    select
        int_event_log.customer_code,
        min(int_event_log.occurred_us) as goal_us
    from int_event_log
    inner join int_activities
        on int_event_log.activity_code = int_activities.activity_code
    where int_activities.is_goal
    group by int_event_log.customer_code

),

converters as (

    select count(*) as customers
    from goals

),

firsts as (

    select
        int_event_log.customer_code,
        int_event_log.activity_code,
        min(int_event_log.occurred_us) as first_us,
        any_value(goals.goal_us) as goal_us
    from int_event_log
    inner join int_activities
        on int_event_log.activity_code = int_activities.activity_code
    left join goals on int_event_log.customer_code = goals.customer_code
    where
        int_event_log.is_customer
        and not int_activities.is_goal
        and int_activities.exit_cause is null
        and (goals.goal_us is null or int_event_log.occurred_us < goals.goal_us)
    group by int_event_log.customer_code, int_event_log.activity_code

),

placed as (

    select
        activity_code,
        goal_us,
        goal_us - first_us as lead_us,
        first_us = min(first_us) over (partition by customer_code) as is_entry
    from firsts

),

-- What nearly all who reach the goal do on their way, and most do not begin with.
gates as (

    select
        placed.activity_code,
        count(placed.goal_us) / count(*) as goal_rate,
        quantile_disc(placed.lead_us, 0.5) as lead_us
    from placed
    cross join converters
    group by placed.activity_code, converters.customers
    having
        count(placed.goal_us) >= 0.9 * converters.customers
        and count(placed.goal_us) > 0
        and 2 * count(*) filter (where placed.is_entry) < count(*)

),

-- Where two thirds and more go on to the goal, the decision lies behind: such a gate is
-- as good as the goal. Of gates with like rates nothing is decided between them, and
-- the first one is the safe one.
open_gates as (

    select
        activity_code,
        lead_us,
        goal_rate < max(goal_rate) over () - 0.02 as is_early
    from gates
    where goal_rate <= 2 / 3

),

learned as (

    select
        activity_code,
        row_number() over (order by -lead_us, activity_code) as place
    from open_gates
    where not is_early
    union all
    select
        activity_code,
        row_number() over (order by -lead_us, activity_code) as place
    from gates
    where not exists (select 1 from open_gates)

)

select int_activities.activity_code
from int_activities
inner join cfg_persona_until on int_activities.activity = cfg_persona_until.activity
union
select activity_code
from learned
where place = 1 and not exists (select 1 from cfg_persona_until)
order by activity_code
