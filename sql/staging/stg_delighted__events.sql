-- Responses of Delighted, and when a survey was last sent to a person.
-- key: source, sha256, record_index, event_id
--
-- source         name of the source in the project file
-- sha256         content that the record stands in
-- record_index   position of the record in that content, from 1
-- event_id       the response, or the person and the time of sending
-- written_at     when it was answered, or sent
-- version        when the response was last changed: the newest export wins
-- activity       survey_answered, survey_sent; null for a person without a survey
-- is_customer    whether the customer acted: not when it was sent
-- identifiers    `type=value` pairs of the person, joined by the unit separator
-- attributes     JSON object: score, comment, survey_type, and those that the source
--                asks for
-- reason         why the record is quarantined; null if it is good

select
    source,
    sha256,
    record_index,
    'response:' || response_id as event_id,
    answered_at as written_at,
    changed_at as version,
    'survey_answered' as activity,
    true as is_customer,
    identifiers,
    with_extra(
        json_object('score', score, 'comment', comment, 'survey_type', survey_type),
        extra
    ) as attributes,
    case when response_id is null then 'no id' end as reason
from raw_delighted_responses
union all by name
select
    source,
    sha256,
    record_index,
    concat_ws(':', 'person', person_id, sent_at) as event_id,
    sent_at as written_at,
    case when sent_at is not null then 'survey_sent' end as activity,
    false as is_customer,
    identifiers,
    extra as attributes,
    case when person_id is null then 'no id' end as reason
from raw_delighted_people
