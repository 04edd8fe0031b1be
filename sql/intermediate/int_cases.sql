-- Whose journey a given case is: the customer of its first event that has one.
-- key: case_id
--
-- case_id      journey that the source itself gives
-- identifiers  of its first event that has any; a case without one is its own person

with good as (

    select stg_events.*
    from stg_events
    anti join int_rejected
        on
            stg_events.sha256 = int_rejected.sha256
            and stg_events.record_index = int_rejected.record_index
            and stg_events.source = int_rejected.source
    left join int_repeats
        on
            stg_events.sha256 = int_repeats.sha256
            and stg_events.record_index = int_repeats.record_index
            and stg_events.event_id = int_repeats.event_id
    where
        stg_events.case_id is not null
        and (int_repeats.is_lost is null or not int_repeats.is_lost)

)

select
    case_id,
    coalesce(
        arg_min(identifiers, (occurred_at, source, source_order, event_id))
        filter (where identifiers is not null),
        'case=' || case_id
    ) as identifiers
from good
group by case_id
