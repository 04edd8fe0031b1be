-- Framed records that are quarantined: one row per record, with its reason. A staging
-- model says what is wrong by the rules of its system; those of any source stand here.
-- key: source, sha256, record_index
--
-- source        name of the source
-- sha256        content that the record stands in
-- record_index  position of the record in that content, from 1
-- reason        why; holds no values

with suspects as (

    -- Few records are: each test is a cheap one that lets no bad record pass.
    select
        source,
        sha256,
        record_index,
        occurred_at,
        event_id,
        identifiers,
        case_id,
        reason
    from stg_events
    where
        reason is not null
        or occurred_at < timestamptz '1990-01-01 00:00:00+00'
        or occurred_at
        > (select min(raw_contents.first_loaded_at) from raw_contents)
        + interval 24 hour
        or contains(event_id, 'E+')
        or contains(identifiers, 'E+')
        or contains(case_id, 'E+')

),

judged as (

    -- A spreadsheet writes a long number as 1.23457E+18: many ids become one.
    select
        suspects.source,
        suspects.sha256,
        suspects.record_index,
        case
            when suspects.reason is not null then suspects.reason
            when suspects.occurred_at < timestamptz '1990-01-01 00:00:00+00'
                then 'time before 1990'
            when
                suspects.occurred_at > raw_contents.first_loaded_at + interval 24 hour
                then 'time after its load'
            when
                regexp_matches(suspects.event_id, '^[^:]*:\d([.,]\d+)?E\+\d+(:|$)')
                or regexp_matches(
                    suspects.identifiers,
                    '(^|\x1f)[^=\x1f]*=\d([.,]\d+)?E\+\d+(\x1f|$)'
                )
                or regexp_full_match(suspects.case_id, '\d([.,]\d+)?E\+\d+')
                then 'id in scientific notation'
        end as reason
    from suspects
    left join raw_contents
        on
            suspects.source = raw_contents.source
            and suspects.sha256 = raw_contents.sha256

)

select
    source,
    sha256,
    record_index,
    min(reason) as reason
from judged
where reason is not null
group by source, sha256, record_index
