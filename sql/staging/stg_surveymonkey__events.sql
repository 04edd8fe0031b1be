-- One row per response of SurveyMonkey.
-- key: source, sha256, record_index, event_id
--
-- source         name of the source in the project file
-- sha256         content that the record stands in
-- record_index   position of the record in that content, from 1
-- event_id       id of the response
-- written_at     when it was ended, else begun
-- activity       survey_answered, or survey_started of one that was not ended
-- identifiers    `type=value` pairs of the person, joined by the unit separator
-- attributes     JSON object: collector_id, and the questions that the source asks for
-- reason         why the record is quarantined; null if it is good

select
    source,
    sha256,
    record_index,
    response_id as event_id,
    coalesce(ended_at, started_at) as written_at,
    case when ended_at is null then 'survey_started' else 'survey_answered' end
        as activity,
    identifiers,
    with_extra(json_object('collector_id', collector_id), extra) as attributes,
    case when response_id is null then 'no Respondent ID' end as reason
from raw_surveymonkey
