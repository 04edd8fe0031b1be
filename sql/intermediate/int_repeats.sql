-- Events that several records tell: which telling counts.
-- key: sha256, record_index, event_id
--
-- source        name of the source
-- sha256        content that the record stands in
-- record_index  position of the record in that content, from 1
-- event_id      key of the event
-- copy_index    place among the tellings, from 1: greatest version, then greatest hash
-- is_lost       whether this telling is a duplicate that does not count

with good as (

    select stg_events.*
    from stg_events
    anti join int_rejected
        on
            stg_events.sha256 = int_rejected.sha256
            and stg_events.record_index = int_rejected.record_index
            and stg_events.source = int_rejected.source

),

repeated as (

    select event_id
    from good
    group by event_id
    having count(*) > 1

),

ranked as (

    -- Which telling wins must not depend on which file arrived first.
    select
        good.source,
        good.sha256,
        good.record_index,
        good.event_id,
        row_number() over (
            partition by good.event_id
            order by
                try_cast(good.version as decimal(38, 9)) desc nulls last,
                good.version desc nulls last,
                sha256(to_json({
                    'occurred_at': good.occurred_at,
                    'source_order': good.source_order,
                    'activity': good.activity,
                    'channel': good.channel,
                    'is_customer': good.is_customer,
                    'lifecycle': good.lifecycle,
                    'resource': good.resource,
                    'amount': good.amount,
                    'currency': good.currency,
                    'case_id': good.case_id,
                    'session_key': good.session_key,
                    'identifiers': good.identifiers,
                    'attributes': good.attributes
                })) desc,
                good.sha256 asc,
                good.record_index asc
        ) as copy_index
    from good
    semi join repeated on good.event_id = repeated.event_id

)

select
    ranked.source,
    ranked.sha256,
    ranked.record_index,
    ranked.event_id,
    ranked.copy_index,
    ranked.copy_index > 1 and cfg_sources.dedupe as is_lost
from ranked
inner join cfg_sources on ranked.source = cfg_sources.source
