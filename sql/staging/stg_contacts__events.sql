-- Up to three rows per CRM contact: one per step of its lifecycle that has a date.
-- key: source, sha256, record_index, event_id
--
-- source         name of the source in the project file
-- sha256         content that the record stands in
-- record_index   position of the record in that content, from 1
-- event_id       contact and step
-- written_at     the date of the step, as it is written
-- source_order   position of the step: dates without a time tie
-- version        time of the contact's last change: the newest export wins
-- activity       contact_created, lead_qualified or customer_won
-- channel        always crm
-- is_customer    false: the company writes its CRM
-- identifiers    `type=value` pairs of the person, joined by the unit separator
-- attributes     JSON object: country, and those that the source asks for
-- reason         why the record is quarantined; null if it is good

with steps as (

    select
        raw_contacts.*,
        lifecycle_steps.step_index,
        lifecycle_steps.activity,
        case lifecycle_steps.step_index
            when 1 then raw_contacts.created_at
            when 2 then raw_contacts.lead_at
            else raw_contacts.customer_at
        end as written_at
    from raw_contacts
    cross join (
        values (1, 'contact_created'), (2, 'lead_qualified'), (3, 'customer_won')
    ) as lifecycle_steps (step_index, activity)

)

select
    source,
    sha256,
    record_index,
    contact_id || ':' || activity as event_id,
    written_at,
    step_index as source_order,
    updated_at as version,
    activity,
    'crm' as channel,
    false as is_customer,
    identifiers,
    with_extra(json_object('country', country), extra) as attributes,
    case when contact_id is null then 'no contact_id' end as reason
from steps
-- A step without a date did not happen, but a contact without its first date is no
-- contact.
where written_at is not null or step_index = 1
