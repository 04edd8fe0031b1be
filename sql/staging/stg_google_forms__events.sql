-- One row per response of a Google form.
-- key: source, sha256, record_index, event_id
--
-- source         name of the source in the project file
-- sha256         content that the record stands in
-- record_index   position of the record in that content, from 1
-- event_id       always null: all that is told tells responses apart
-- written_at     when it was sent
-- activity       survey_answered
-- identifiers    `type=value` pairs of the person, joined by the unit separator
-- attributes     JSON object: the questions that the source asks for

with clocks as (

    -- 2026/01/31 9:15:11 PM GMT+1
    select
        *,
        regexp_extract(
            answered_at,
            '^(\d+/\d+/\d+ \d+:\d+:\d+ [AP]M) GMT([+-]\d+)?(?::(\d\d))?$',
            ['clock', 'hours', 'minutes']
        ) as told
    from raw_google_forms

),

read as (

    select
        *,
        try_strptime(told['clock'], '%Y/%m/%d %I:%M:%S %p') as clock,
        coalesce(try_cast(told['hours'] as integer), 0) as hours,
        coalesce(try_cast(told['minutes'] as integer), 0) as minutes
    from clocks

)

select
    source,
    sha256,
    record_index,
    cast(null as varchar) as event_id,
    case
        when clock is null then answered_at
        else
            cast(clock as varchar)
            || if(starts_with(told['hours'], '-'), '-', '+')
            || printf('%02d:%02d', abs(hours), minutes)
    end as written_at,
    'survey_answered' as activity,
    identifiers,
    extra as attributes
from read
