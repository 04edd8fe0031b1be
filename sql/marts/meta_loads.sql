-- One row per file and content that was loaded: where lines, bytes and records went.
-- accepted + duplicate + quarantined + erased = records.
-- key: source, file, sha256
--
-- source        name in the project file
-- file          path, relative to the project file
-- sha256        of the file as it lies
-- is_newest     whether it is the last content of the file, or of another that had it
-- bytes         after decompression
-- lines         lines of the decoded text; rows, events or objects without lines
-- header        lines of the header
-- blank         blank lines
-- record_lines  lines of records: header + blank + record_lines = lines
-- records       records: one may span several lines
-- accepted      records that tell an event, or link identifiers
-- duplicate     records that only repeat what another one tells
-- conflicting   of the duplicates, those that tell it otherwise, with no lesser version
-- quarantined   records that are set aside, each with a reason
-- erased        records of erased persons: taken out, still counted
-- mended        records that were mended after they had been set aside
-- text_bytes    bytes of the decoded text, in UTF-8; 0 in formats without lines
-- header_bytes  of them, those of the header
-- blank_bytes   of blank lines
-- record_bytes  of records, good or not
-- refused       why the file is refused whole; null if it is not

with lost as (

    -- A record is a duplicate if every event that it tells is told better elsewhere.
    select
        told.source,
        told.sha256,
        count(*) as duplicate,
        count(*) filter (where told.is_conflicting) as conflicting
    from (
        select
            stg_events.source,
            stg_events.sha256,
            stg_events.record_index,
            bool_or(repeats.kind = 'conflict') as is_conflicting
        from stg_events
        semi join int_repeats
            on
                stg_events.sha256 = int_repeats.sha256
                and stg_events.record_index = int_repeats.record_index
                and stg_events.source = int_repeats.source
        left join int_repeats as repeats
            on
                stg_events.sha256 = repeats.sha256
                and stg_events.record_index = repeats.record_index
                and stg_events.event_id = repeats.event_id
                and stg_events.source = repeats.source
        group by stg_events.source, stg_events.sha256, stg_events.record_index
        having bool_and(coalesce(repeats.is_lost, false))
    ) as told
    group by told.source, told.sha256

),

rejected as (

    select
        source,
        sha256,
        count(*) as quarantined
    from int_rejected
    group by source, sha256

),

counted as (

    -- The same content under a further name adds nothing: all of it is duplicate.
    select
        raw_loads.* exclude (erased),
        case when raw_loads.is_first then raw_loads.erased else 0 end as erased,
        case
            when raw_loads.is_first
                then raw_loads.framed_out + coalesce(rejected.quarantined, 0)
            else 0
        end as quarantined,
        case
            when raw_loads.is_first then coalesce(lost.duplicate, 0)
            else raw_loads.records
        end as duplicate,
        case
            when raw_loads.is_first then coalesce(lost.conflicting, 0) else 0
        end as conflicting
    from raw_loads
    left join rejected
        on raw_loads.source = rejected.source and raw_loads.sha256 = rejected.sha256
    left join lost
        on raw_loads.source = lost.source and raw_loads.sha256 = lost.sha256

)

select
    source,
    file,
    sha256,
    is_newest,
    bytes,
    lines,
    header,
    blank,
    record_lines,
    records,
    records - duplicate - quarantined - erased as accepted,
    duplicate,
    conflicting,
    quarantined,
    erased,
    mended,
    text_bytes,
    header_bytes,
    blank_bytes,
    record_bytes,
    refused
from counted
order by source, file, sha256
