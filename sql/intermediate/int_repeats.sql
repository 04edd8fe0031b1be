-- Events that several records tell: which telling counts.
-- key: source, sha256, record_index, event_id
--
-- source        name of the source
-- sha256        content that the record stands in
-- record_index  position of the record in that content, from 1
-- event_id      key of the event
-- copy_index    place among the tellings, from 1: greatest version, then greatest hash
-- is_lost       whether this telling is a duplicate that does not count
-- kind          winner; copy: the same values as the winner's; older: others, of a
--               lesser version that it declares; conflict: others, of no such version

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

told as (

    select
        good.source,
        good.sha256,
        good.record_index,
        good.event_id,
        good.version,
        try_cast(good.version as decimal(38, 9)) as version_number,
        sha256(to_json({
            'occurred_at': good.occurred_at,
            'source_order': good.source_order,
            'activity': good.activity,
            'channel': good.channel,
            'is_customer': good.is_customer,
            'lifecycle': lifecycle_of(good.lifecycle, good.instance),
            'resource': good.resource,
            'amount': good.amount,
            'currency': good.currency,
            'case_id': good.case_id,
            'session_key': good.session_key,
            'identifiers': good.identifiers,
            'attributes': good.attributes
        })) as content_hash
    from good
    semi join repeated on good.event_id = repeated.event_id

),

ranked as (

    -- Which telling wins must not depend on which file arrived first.
    select
        *,
        row_number() over by_worth as copy_index,
        first_value(content_hash) over by_worth as winning_hash,
        first_value(version) over by_worth as winning_version,
        first_value(version_number) over by_worth as winning_number
    from told
    window
        by_worth as (
            partition by event_id
            order by
                version_number desc nulls last,
                version desc nulls last,
                content_hash desc,
                sha256 asc,
                record_index asc
        )

)

select
    ranked.source,
    ranked.sha256,
    ranked.record_index,
    ranked.event_id,
    ranked.copy_index,
    ranked.copy_index > 1 and cfg_sources.dedupe as is_lost,
    case
        when ranked.copy_index = 1 then 'winner'
        when ranked.content_hash = ranked.winning_hash then 'copy'
        -- Versions that are numbers are equal where their numbers are: 1 and 1.0.
        when
            coalesce(
                ranked.version_number < ranked.winning_number,
                ranked.version <> ranked.winning_version
            )
            then 'older'
        else 'conflict'
    end as kind
from ranked
inner join cfg_sources on ranked.source = cfg_sources.source
