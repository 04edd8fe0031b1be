-- Responses of Qualtrics, and the surveys that were sent and opened.
-- key: source, sha256, record_index, event_id
--
-- source         name of the source in the project file
-- sha256         content that the record stands in
-- record_index   position of the record in that content, from 1
-- event_id       the response, or the distribution and its contact
-- written_at     when it was recorded, or begun if it was not finished; or sent, opened
-- version        when the response was last changed: the newest export wins
-- activity       survey_answered, survey_started if it was not finished, survey_sent,
--                survey_opened; null for previews, tests, spam, answers and contacts
-- is_customer    whether the customer acted: not when it was sent
-- identifiers    `type=value` pairs of the person, joined by the unit separator
-- attributes     JSON object: survey_id, distribution; answers by question, and those
--                that the source asks for
-- reason         why the record is quarantined; null if it is good

with exported as (

    select
        source,
        sha256,
        record_index,
        response_id,
        cast(null as varchar) as version,
        says_yes(finished) as is_finished,
        lower(status) like '%preview%'
        or lower(status) like '%test%'
        or lower(status) like '%spam%' as is_no_response,
        started_at,
        recorded_at,
        identifiers,
        with_extra(json_object('distribution', distribution), extra) as attributes
    from raw_qualtrics_export

),

questions as (

    select
        account,
        response_id,
        concat_ws('_', question_id, part) as question,
        -- Of several choices, all; of one, its value; of a text, the words.
        string_agg(coalesce(value, words, choice), '; ' order by record_index) as answer
    from raw_qualtrics_answers
    group by account, response_id, question

),

answers as (

    select
        account,
        response_id,
        cast(
            to_json(
                map_from_entries(list((question, answer) order by question))
            ) as varchar
        ) as answers
    from questions
    group by account, response_id

),

fetched as (

    select
        raw_qualtrics_responses.source,
        raw_qualtrics_responses.sha256,
        raw_qualtrics_responses.record_index,
        raw_qualtrics_responses.response_id,
        raw_qualtrics_responses.updated_at as version,
        says_yes(raw_qualtrics_responses.finished) as is_finished,
        -- Bits: 1 preview, 2 test, 8 spam.
        try_cast(raw_qualtrics_responses.status as integer) & 11 <> 0 as is_no_response,
        raw_qualtrics_responses.started_at,
        raw_qualtrics_responses.recorded_at,
        raw_qualtrics_responses.identifiers,
        with_extra(
            json_merge_patch(
                json_object(
                    'survey_id', raw_qualtrics_responses.survey_id,
                    'distribution', raw_qualtrics_responses.distribution
                ),
                coalesce(answers.answers, '{}')
            ),
            raw_qualtrics_responses.extra
        ) as attributes
    from raw_qualtrics_responses
    left join answers
        on
            raw_qualtrics_responses.account = answers.account
            and raw_qualtrics_responses.response_id = answers.response_id

),

responses as (

    select * from exported
    union all
    select * from fetched

),

sent as (

    select
        raw_qualtrics_sent.*,
        places.place,
        case places.place
            when 1 then raw_qualtrics_sent.sent_at
            else raw_qualtrics_sent.opened_at
        end as happened_at
    from raw_qualtrics_sent
    cross join (values (1), (2)) as places (place)

)

select
    source,
    sha256,
    record_index,
    'response:' || response_id as event_id,
    case when is_finished then recorded_at else started_at end as written_at,
    version,
    case
        when is_no_response then null
        when is_finished then 'survey_answered'
        else 'survey_started'
    end as activity,
    true as is_customer,
    case when is_no_response is not true then identifiers end as identifiers,
    attributes,
    case when response_id is null then 'no id of a response' end as reason
from responses
union all by name
select
    source,
    sha256,
    record_index,
    concat_ws(':', 'sent', distribution_id, contact_id, place) as event_id,
    happened_at as written_at,
    case
        when happened_at is not null
            then case place when 1 then 'survey_sent' else 'survey_opened' end
    end as activity,
    place = 2 as is_customer,
    identifiers,
    cast(json_object('distribution_id', distribution_id) as varchar) as attributes
from sent
where place = 1 or happened_at is not null
union all by name
select
    source,
    sha256,
    record_index,
    'contact:' || contact_id as event_id,
    identifiers,
    case when contact_id is null then 'no id of a contact' end as reason
from raw_qualtrics_contacts
union all by name
select
    source,
    sha256,
    record_index,
    concat_ws(':', 'answer', response_id, question_id, part, choice, record_index)
        as event_id
from raw_qualtrics_answers
