-- One row per review on Trustpilot.
-- key: source, sha256, record_index, event_id
--
-- source         name of the source in the project file
-- sha256         content that the record stands in
-- record_index   position of the record in that content, from 1
-- event_id       id of the review
-- written_at     when it was first written
-- version        when it was last changed: the newest export wins
-- activity       review_written; invited_review_written if the company asked for it
-- channel        always web
-- identifiers    `type=value` pairs of the person, joined by the unit separator
-- attributes     JSON object: stars, heading, text, language, order_id, and those that
--                the source asks for
-- reason         why the record is quarantined; null if it is good

select
    source,
    sha256,
    record_index,
    review_id as event_id,
    written_at,
    changed_at as version,
    -- Only an invitation knows the order, and only an organic review says so.
    case
        when coalesce(lower(origin) <> 'organic', order_id is not null)
            then 'invited_review_written'
        else 'review_written'
    end as activity,
    'web' as channel,
    identifiers,
    with_extra(
        json_object(
            'stars', stars,
            'heading', heading,
            'text', words,
            'language', language,
            'order_id', order_id
        ),
        extra
    ) as attributes,
    case when review_id is null then 'no id' end as reason
from raw_trustpilot
