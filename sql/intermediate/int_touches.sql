-- What touched a customer on the way to the end of a journey: marketing events, starts
-- of sessions, and sessions that go on after an end. Before a goal those of the
-- customer, cfg_attribution.lookback_us back, from the goal before on, though a silence
-- or an exit may lie between; before another end those of the journey itself.
-- key: journey_code, event_number
--
-- journey_code  number of the journey
-- event_number  the touch, in the log
-- channel       where: of a session, the channel of its first event
-- before_us     time from it to the goal, else to the end of the journey, in
--               microseconds

with goals as (

    select
        int_steps.journey_code,
        min(int_steps.event_number) as goal_event,
        min(int_steps.occurred_us) as goal_us
    from int_steps
    inner join int_activity_roles
        on
            int_steps.activity_code = int_activity_roles.activity_code
            and int_activity_roles.journey_kind = 'main'
            and int_activity_roles.is_goal
    where
        int_steps.event_number between $first_event and $last_event
        and exists (select 1 from cfg_attribution)
    group by int_steps.journey_code

),

journeys as (

    select
        int_journeys.journey_code,
        int_journeys.customer_code,
        goals.goal_event,
        coalesce(goals.goal_us, epoch_us(int_journeys.ended_at)) as end_us,
        firsts.case_id is not null as is_given
    from int_journeys
    inner join int_event_log as firsts
        on
            int_journeys.journey_code = firsts.event_number
            and firsts.event_number between $first_event and $last_event
    left join goals on int_journeys.journey_code = goals.journey_code
    where
        int_journeys.journey_kind = 'main'
        and int_journeys.journey_code between $first_event and $last_event
        and exists (select 1 from cfg_attribution)

),

spans as (

    -- A goal begins a new stretch: no touch is before two conversions. A journey that
    -- the source gives is a stretch of its own.
    select
        *,
        case
            when is_given then -journey_code
            else coalesce(
                max(goal_event) over (
                    partition by customer_code, is_given order by journey_code
                    rows between unbounded preceding and 1 preceding
                ),
                0
            )
        end as stretch
    from journeys

),

marked as (

    select
        event_number,
        channel,
        1 as preference
    from int_event_log
    where
        source_system = 'marketing'
        and event_number between $first_event and $last_event
    union all
    select
        session_code as event_number,
        channel,
        1 as preference
    from int_sessions
    where session_code between $first_event and $last_event
    union all
    -- The session in which a journey begins, if it began before.
    select
        int_event_session.event_number,
        int_sessions.channel,
        2 as preference
    from journeys
    inner join int_event_session
        on
            journeys.journey_code = int_event_session.event_number
            and int_event_session.event_number between $first_event and $last_event
    inner join int_sessions
        on int_event_session.session_code = int_sessions.session_code

),

touches as (

    -- An event is one touch, even if it is several of these; its own channel counts.
    select
        marked.event_number,
        arg_min(marked.channel, marked.preference) as channel,
        any_value(int_steps.occurred_us) as occurred_us,
        any_value(int_steps.journey_code) as journey_code,
        any_value(int_steps.is_aftermath) as is_aftermath
    from marked
    inner join int_steps
        on
            marked.event_number = int_steps.event_number
            and int_steps.event_number between $first_event and $last_event
    inner join int_activities
        on int_steps.activity_code = int_activities.activity_code
    where
        exists (select 1 from cfg_attribution)
        and int_activities.activity not in (
            select cfg_ignored_touches.activity from cfg_ignored_touches
        )
    group by marked.event_number

),

placed as (

    -- What comes after the goal of its journey belongs to the next stretch; the goal
    -- is no touch of either.
    select
        touches.*,
        own.customer_code,
        own.goal_event,
        own.end_us,
        case
            when not own.is_given and touches.event_number > own.goal_event
                then own.goal_event
            else own.stretch
        end as stretch
    from touches
    inner join spans as own
        on
            touches.journey_code = own.journey_code
            and touches.event_number <> coalesce(own.goal_event, 0)

),

reached as (

    select
        converted.journey_code,
        placed.event_number,
        placed.channel,
        converted.end_us - placed.occurred_us as before_us
    from placed
    inner join spans as converted
        on
            placed.customer_code = converted.customer_code
            and placed.stretch = converted.stretch
            and placed.event_number < converted.goal_event
    union all
    select
        journey_code,
        event_number,
        channel,
        end_us - occurred_us as before_us
    from placed
    where goal_event is null and not is_aftermath

)

select
    reached.journey_code,
    reached.event_number,
    reached.channel,
    reached.before_us
from reached
cross join cfg_attribution
where reached.before_us <= cfg_attribution.lookback_us
order by reached.journey_code, reached.event_number
