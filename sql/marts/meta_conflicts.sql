-- One row per telling of an event that several records tell, not all alike.
-- Of them the winner counts: greatest version, then greatest hash of the values.
-- key: event_id, source, sha256, record_index
--
-- event_id      key of the event
-- source        name in the project file
-- file          path, relative to the project file
-- sha256        of the file as it lies
-- record_index  position of the record in the file, from 1
-- version       that the record declares; null if it declares none
-- kind          winner; copy: the same values; older: others, of a lesser version that
--               it declares; conflict: others, of no such version
-- differs_in    names of the fields that differ from the winner's, joined by `, `

with disputed as (

    select
        event_id,
        source
    from int_repeats
    where is_lost
    group by event_id, source
    having bool_or(kind in ('conflict', 'older'))

),

told as (

    select
        stg_events.*,
        int_repeats.copy_index,
        int_repeats.kind
    from stg_events
    inner join int_repeats
        on
            stg_events.source = int_repeats.source
            and stg_events.sha256 = int_repeats.sha256
            and stg_events.record_index = int_repeats.record_index
            and stg_events.event_id = int_repeats.event_id
    semi join disputed
        on
            stg_events.event_id = disputed.event_id
            and stg_events.source = disputed.source

)

select
    told.event_id,
    told.source,
    raw_loads.file,
    told.sha256,
    told.record_index,
    told.version,
    told.kind,
    nullif(
        concat_ws(
            ', ',
            case
                when winning.occurred_at is distinct from told.occurred_at
                    then 'occurred_at'
            end,
            case
                when winning.source_order is distinct from told.source_order
                    then 'source_order'
            end,
            case
                when winning.activity is distinct from told.activity then 'activity'
            end,
            case when winning.channel is distinct from told.channel then 'channel' end,
            case
                when winning.is_customer is distinct from told.is_customer
                    then 'is_customer'
            end,
            case
                when winning.lifecycle is distinct from told.lifecycle then 'lifecycle'
            end,
            case
                when winning.instance is distinct from told.instance then 'instance'
            end,
            case
                when winning.resource is distinct from told.resource then 'resource'
            end,
            case when winning.amount is distinct from told.amount then 'amount' end,
            case
                when winning.currency is distinct from told.currency then 'currency'
            end,
            case when winning.case_id is distinct from told.case_id then 'case_id' end,
            case
                when winning.session_key is distinct from told.session_key
                    then 'session_key'
            end,
            case
                when winning.identifiers is distinct from told.identifiers
                    then 'identifiers'
            end,
            case
                when winning.attributes is distinct from told.attributes
                    then 'attributes'
            end
        ),
        ''
    ) as differs_in
from told
inner join told as winning
    on
        told.event_id = winning.event_id
        and told.source = winning.source
        and winning.copy_index = 1
inner join raw_loads
    on
        told.source = raw_loads.source
        and told.sha256 = raw_loads.sha256
        and raw_loads.is_first
order by told.event_id, told.source, told.sha256, told.record_index
