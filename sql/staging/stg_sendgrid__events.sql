-- One row per event of an e-mail that SendGrid sent.
-- key: source, sha256, record_index, event_id
--
-- source         name of the source in the project file
-- sha256         content that the record stands in
-- record_index   position of the record in that content, from 1
-- event_id       sg_event_id
-- written_at     when it happened
-- activity       email_delivered, email_opened, email_clicked, ...; null for openings
--                by a machine, which no person made
-- channel        always email
-- identifiers    `type=value` pairs of the person, joined by the unit separator
-- attributes     JSON object: message_id, category, and those that the source asks for
-- reason         why the record is quarantined; null if it is good

select
    raw_sendgrid.source,
    raw_sendgrid.sha256,
    raw_sendgrid.record_index,
    raw_sendgrid.event_id,
    raw_sendgrid.occurred_at as written_at,
    case
        when not says_yes(raw_sendgrid.is_machine)
            then
                coalesce(
                    cfg_activity_names.activity,
                    'email_' || slug(raw_sendgrid.event_type)
                )
    end as activity,
    'email' as channel,
    raw_sendgrid.identifiers,
    with_extra(
        json_object(
            'message_id', split_part(raw_sendgrid.message_id, '.', 1),
            'category', raw_sendgrid.category
        ),
        raw_sendgrid.extra
    ) as attributes,
    case when raw_sendgrid.event_type is null then 'no event' end as reason
from raw_sendgrid
left join cfg_activity_names
    on
        cfg_activity_names.raw_view = 'raw_sendgrid'
        and lower(raw_sendgrid.event_type) = cfg_activity_names.written
