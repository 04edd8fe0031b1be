-- Up to three rows per CRM contact: one per step of its lifecycle that has a date.
-- key: sha256, record_index, event_id
--
-- source         name of the source in the project file
-- source_system  kind of system
-- sha256         content that the record stands in
-- record_index   position of the record in that content, from 1
-- event_id       key of the event: contact and step
-- occurred_at    when it happened, UTC; null if `reason` says so
-- time_flag      day, gap or overlap: how `occurred_at` is less sure; else null
-- source_order   position of the step: dates without a time tie
-- version        time of the contact's last change: the newest export wins
-- activity       contact_created, lead_qualified or customer_won
-- channel        always crm
-- is_customer    false: the company writes its CRM
-- lifecycle      always null
-- instance       always null
-- resource       always null
-- amount         always null
-- currency       always null
-- case_id        always null
-- session_key    always null
-- identifiers    `type=value` pairs of the person, joined by the unit separator
-- attributes     JSON object: country, and those that the source asks for
-- reason         why the record is quarantined; null if it is good

with steps as (

    select
        raw_contacts.*,
        cfg_sources.source_system,
        cfg_sources.timezone,
        cfg_sources.clock_changes,
        lifecycle_steps.step_index,
        lifecycle_steps.activity,
        case lifecycle_steps.step_index
            when 1 then raw_contacts.created_at
            when 2 then raw_contacts.lead_at
            else raw_contacts.customer_at
        end as written_at
    from raw_contacts
    inner join cfg_sources on raw_contacts.source = cfg_sources.source
    cross join (
        values (1, 'contact_created'), (2, 'lead_qualified'), (3, 'customer_won')
    ) as lifecycle_steps (step_index, activity)

),

timed as (

    -- A step without a date did not happen, but a contact without its first date is
    -- no contact.
    select
        *,
        instant(trim(written_at), timezone) as instant_at,
        time_flag(trim(written_at), timezone, clock_changes, instant_at) as time_flag
    from steps
    where written_at is not null or step_index = 1

)

select
    source,
    source_system,
    sha256,
    record_index,
    event_key(source, contact_id, activity, null) as event_id,
    instant_at as occurred_at,
    time_flag,
    cast(step_index as bigint) as source_order,
    updated_at as version,
    activity,
    'crm' as channel,
    false as is_customer,
    cast(null as varchar) as lifecycle,
    cast(null as varchar) as instance,
    cast(null as varchar) as resource,
    cast(null as decimal(18, 4)) as amount,
    cast(null as varchar) as currency,
    cast(null as varchar) as case_id,
    cast(null as varchar) as session_key,
    concat_ws(
        chr(31),
        'contact_id=' || contact_id,
        'user_id=' || user_id,
        'email=' || lower(trim(email))
    ) as identifiers,
    cast(
        json_merge_patch(json_object('country', country), coalesce(extra, '{}'))
        as varchar
    ) as attributes,
    case
        when contact_id is null then 'no contact_id'
        when written_at is null then 'no time'
        when instant_at is null then 'time not readable'
    end as reason
from timed
