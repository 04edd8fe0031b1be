-- The journey of each event, in each kind of journey that the project defines.
-- key: journey_kind, event_number
--
-- journey_kind  `main`, which has all events; or one of [journeys], which may lack some
-- event_number  event in the log
-- journey_code  number of the journey: of `main` the event_number of its first event;
--               those of further kinds go on from there
-- is_aftermath  whether it came after the end of the journey that it belongs to

with marked as (

    -- An event is passive if it opens no journey: feedback, retention, the company's.
    select
        int_event_log.event_number,
        int_event_log.owner_code,
        int_event_log.occurred_us,
        int_event_log.is_customer,
        cfg_journey_kinds.kind_index,
        int_activity_roles.inactivity_us,
        int_activity_roles.can_open,
        int_activity_roles.is_end,
        not int_activity_roles.is_end
        and (
            not int_event_log.is_customer
            or int_activity_roles.is_feedback
            or coalesce(cfg_rules.stage = 'retention', int_activity_roles.is_retention)
        ) as is_passive
    from int_event_log
    inner join int_activity_roles
        on int_event_log.activity_code = int_activity_roles.activity_code
    inner join cfg_journey_kinds
        on int_activity_roles.journey_kind = cfg_journey_kinds.journey_kind
    left join cfg_rules on int_event_log.rule_code = cfg_rules.rule_index
    where
        int_event_log.event_number between $first_event and $last_event
        and (
            int_event_log.case_id is null or cfg_journey_kinds.journey_kind <> 'main'
        )

),

touched as (

    -- Silence runs from the last event of the customer's own.
    select
        *,
        occurred_us - coalesce(
            max(case when is_customer then occurred_us end) over before,
            first_value(occurred_us) over so_far
        ) > inactivity_us as is_after_silence,
        -- A kind without starts opens with the first event, and with any active one.
        case
            when can_open is null then not is_passive or row_number() over so_far = 1
            else can_open and is_customer
        end as is_opener
    from marked
    window
        so_far as (
            partition by kind_index, owner_code order by event_number
            rows between unbounded preceding and current row
        ),
        before as (
            partition by kind_index, owner_code order by event_number
            rows between unbounded preceding and 1 preceding
        )

),

stretches as (

    -- Each end and each silence begins a stretch; it holds one journey or none.
    select
        *,
        count(*) filter (where is_after_silence) over so_far
        + count(*) filter (where is_end) over before as stretch
    from touched
    window
        so_far as (
            partition by kind_index, owner_code order by event_number
            rows between unbounded preceding and current row
        ),
        before as (
            partition by kind_index, owner_code order by event_number
            rows between unbounded preceding and 1 preceding
        )

),

opened as (

    select
        *,
        last_value(case when is_opener then stretch end ignore nulls) over so_far
            as opened_stretch,
        last_value(case when is_opener then stretch end ignore nulls) over before
            as opened_before
    from stretches
    window
        so_far as (
            partition by kind_index, owner_code order by event_number
            rows between unbounded preceding and current row
        ),
        before as (
            partition by kind_index, owner_code order by event_number
            rows between unbounded preceding and 1 preceding
        )

),

cut as (

    -- Aftermath ends with the next event that is not passive, journey or not.
    select
        kind_index,
        event_number,
        last_value(
            case
                when opened_stretch > coalesce(opened_before, -1) then event_number
            end ignore nulls
        ) over so_far as first_event,
        coalesce(opened_stretch <> stretch, true) as is_outside,
        last_value(
            case
                when opened_stretch = stretch then true
                when not is_passive then false
            end ignore nulls
        ) over so_far as is_followed
    from opened
    window so_far as (
        partition by kind_index, owner_code order by event_number
        rows between unbounded preceding and current row
    )

),

given as (

    -- A journey that the source gives is not cut.
    select
        event_number,
        min(event_number) over (partition by case_id) as first_event
    from int_event_log
    where
        case_id is not null
        and event_number between $first_event and $last_event

),

kept as (

    select
        kind_index,
        event_number,
        first_event,
        is_outside as is_aftermath
    from cut
    where is_followed
    union all
    select
        0 as kind_index,
        event_number,
        first_event,
        false as is_aftermath
    from given

)

select
    cfg_journey_kinds.journey_kind,
    kept.event_number,
    kept.first_event + cfg_journey_kinds.kind_index * (
        select coalesce(max(int_event_log.event_number), 0) from int_event_log
    ) as journey_code,
    kept.is_aftermath
from kept
inner join cfg_journey_kinds on kept.kind_index = cfg_journey_kinds.kind_index
order by kept.event_number
