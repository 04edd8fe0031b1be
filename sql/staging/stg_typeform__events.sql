-- One row per response of a typeform.
-- key: source, sha256, record_index, event_id
--
-- source         name of the source in the project file
-- sha256         content that the record stands in
-- record_index   position of the record in that content, from 1
-- event_id       token of the response
-- written_at     when it was submitted, else begun
-- activity       survey_answered, or survey_started of one that was not submitted
-- identifiers    `type=value` pairs of the person, joined by the unit separator
-- attributes     JSON object: the questions and hidden fields that the source asks for
-- reason         why the record is quarantined; null if it is good

with read as (

    -- The API tells the year 1 of a response that was not submitted.
    select
        *,
        case when submitted_at not like '0001-01-01%' then submitted_at end as ended_at
    from raw_typeform

)

select
    source,
    sha256,
    record_index,
    response_id as event_id,
    coalesce(ended_at, started_at) as written_at,
    case when ended_at is null then 'survey_started' else 'survey_answered' end
        as activity,
    identifiers,
    extra as attributes,
    case when response_id is null then 'no id of a response' end as reason
from read
