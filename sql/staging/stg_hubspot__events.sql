-- What HubSpot tells of customers: contacts and their lifecycle, deals and stages,
-- engagements, marketing e-mails, forms, tickets.
-- key: source, sha256, record_index, event_id
--
-- source         name of the source in the project file, and its table
-- sha256         content that the record stands in
-- record_index   position of the record in that content, from 1
-- event_id       the object, and what became of it
-- written_at     when it happened, as it is written
-- source_order   position in the life of a contact, a deal or a ticket
-- version        when the record was last changed: the newest export wins
-- activity       contact_created, lifecycle_<stage>, deal_created, deal_<stage>,
--                deal_won, deal_lost, crm_<kind of engagement>, email_<what became
--                of it>, form_submitted, ticket_created, ticket_answered,
--                ticket_closed; null for records that only link identifiers or look up
--                names, that are deleted, for notes, for what is not done yet, and for
--                events of e-mails that HubSpot itself filters
-- channel        sales, email, web, support; the kind of an engagement, the source of a
--                ticket
-- is_customer    whether the customer acted, not the company
-- resource       the owner
-- amount         amount of the deal
-- currency       three letters; null in a portal with one currency
-- identifiers    `type=value` pairs of the person, joined by the unit separator
-- attributes     JSON object: what is known of origin, deal_id, campaign_id, campaign,
--                form_id, form, page, ticket_id, priority, and those that the source
--                asks for
-- reason         why the record is quarantined; null if it is good

with lifecycle_changes as (

    select
        history.*,
        case
            when lower(history.name) = 'lifecyclestage'
                then
                    coalesce(
                        cfg_activity_names.activity,
                        'lifecycle_' || nullif(slug(history.value), '')
                    )
        end as activity
    from raw_hubspot_contact_property_history as history
    left join cfg_activity_names
        on
            cfg_activity_names.raw_view = 'raw_hubspot_contact_property_history'
            and lower(trim(history.value)) = cfg_activity_names.written

),

lifecycle_told as (

    select distinct
        account,
        contact_id,
        activity
    from lifecycle_changes
    where activity is not null

),

dated as (

    select
        contacts.*,
        lifecycle.place,
        lifecycle.activity,
        case lifecycle.place
            when 1 then contacts.created_at
            when 2 then contacts.subscriber_at
            when 3 then contacts.lead_at
            when 4 then contacts.marketing_qualified_lead_at
            when 5 then contacts.sales_qualified_lead_at
            when 6 then contacts.opportunity_at
            when 7 then contacts.customer_at
            when 8 then contacts.evangelist_at
            else contacts.other_at
        end as written_at
    from raw_hubspot_contacts as contacts
    cross join (
        values
        (1, 'contact_created'),
        (2, 'lifecycle_subscriber'),
        (3, 'lifecycle_lead'),
        (4, 'lifecycle_marketing_qualified_lead'),
        (5, 'lifecycle_sales_qualified_lead'),
        (6, 'lifecycle_opportunity'),
        (7, 'lifecycle_customer'),
        (8, 'lifecycle_evangelist'),
        (9, 'lifecycle_other')
    ) as lifecycle (place, activity)

),

contact_steps as (

    -- What the history tells, the dates of the contact need not tell again. A step
    -- without a date was not taken, but the first one stands for the contact.
    select dated.*
    from dated
    left join lifecycle_told
        on
            dated.account = lifecycle_told.account
            and dated.contact_id = lifecycle_told.contact_id
            and dated.activity = lifecycle_told.activity
    where
        dated.place = 1
        or (dated.written_at is not null and lifecycle_told.activity is null)

),

deals as (

    select *
    from raw_hubspot_deals
    qualify
        row_number()
            over (
                partition by account, deal_id
                order by
                    updated_at desc nulls last,
                    is_deleted asc,
                    is_won asc,
                    is_closed asc,
                    stage_id asc,
                    owner asc,
                    amount asc,
                    currency asc
            )
        = 1

),

contacts_of_deals as (

    select
        account,
        deal_id,
        contact_id
    from raw_hubspot_deal_contacts
    union all
    select
        account,
        deal_id,
        trim(unnest(string_split(contact_id, ';'))) as contact_id
    from raw_hubspot_deals

),

people_of_deals as (

    -- Colleagues are several people: the oldest contact stands for the deal.
    select
        account,
        deal_id,
        with_identifier(
            null,
            'hubspot_contact',
            arg_min(contact_id, (length(contact_id), contact_id))
        ) as identifiers
    from contacts_of_deals
    group by account, deal_id

),

labels as (

    select
        account,
        stage_id,
        arg_max(label, (coalesce(updated_at, ''), label)) as label,
        bool_or(says_yes(is_closed) or says_yes(is_won)) as is_closed,
        bool_or(
            says_yes(is_won)
            or (says_yes(is_closed) and try_cast(probability as double) = 1)
        ) as is_won
    from raw_hubspot_deal_pipeline_stages
    group by account, stage_id

),

deal_stages_told as (

    select distinct
        account,
        deal_id,
        stage_id
    from raw_hubspot_deal_stages

),

stages as (

    select
        source,
        account,
        sha256,
        record_index,
        deal_id,
        stage_id,
        entered_at as stage_at,
        extra
    from raw_hubspot_deal_stages
    union all by name
    -- What the history tells, the state of the deal needs not tell again.
    select
        states.source,
        states.account,
        states.sha256,
        states.record_index,
        states.deal_id,
        states.stage_id,
        states.staged_at as stage_at,
        states.closed_at,
        states.amount,
        states.currency,
        states.updated_at,
        true as is_state,
        states.extra
    from raw_hubspot_deals as states
    left join deal_stages_told
        on
            states.account = deal_stages_told.account
            and states.deal_id = deal_stages_told.deal_id
            and states.stage_id = deal_stages_told.stage_id
    where deal_stages_told.stage_id is null

),

named_stages as (

    select
        stages.*,
        case
            when labels.is_won then 'deal_won'
            when labels.is_closed then 'deal_lost'
            when stages.stage_id = deals.stage_id and says_yes(deals.is_won)
                then 'deal_won'
            when stages.stage_id = deals.stage_id and says_yes(deals.is_closed)
                then 'deal_lost'
            else
                coalesce(
                    cfg_activity_names.activity,
                    'deal_' || slug(coalesce(labels.label, stages.stage_id))
                )
        end as activity
    from stages
    left join deals
        on
            stages.account = deals.account
            and stages.deal_id = deals.deal_id
    left join labels
        on
            stages.account = labels.account
            and stages.stage_id = labels.stage_id
    left join cfg_activity_names
        on
            cfg_activity_names.raw_view = 'raw_hubspot_deal_stages'
            -- An export from the list view writes labels.
            and replace(lower(stages.stage_id), ' ', '') = cfg_activity_names.written

),

deal_steps as (

    select
        *,
        'deal_created' as activity,
        created_at as written_at,
        1 as place
    from raw_hubspot_deals
    union all by name
    select
        *,
        coalesce(
            stage_at,
            case when activity in ('deal_won', 'deal_lost') then closed_at end
        ) as written_at,
        case when activity in ('deal_won', 'deal_lost') then 3 else 2 end as place
    from named_stages

),

contacts_of_engagements as (

    select distinct
        account,
        engagement_id,
        contact_id
    from raw_hubspot_engagement_contacts
    union
    select distinct
        account,
        engagement_id,
        contact_id
    from raw_hubspot_engagements
    where contact_id is not null

),

engagements as (

    select
        engaged.*,
        lower(engaged.kind) as what,
        coalesce(
            lower(engaged.direction) in ('inbound', 'incoming', 'incoming_email')
            or lower(engaged.kind) = 'incoming_email',
            false
        ) as is_customer,
        coalesce(lower(engaged.status) = 'completed', false)
        or engaged.done_at is not null as is_done,
        replace(lower(engaged.outcome), ' ', '_') as result,
        coalesce(
            case when lower(engaged.kind) = 'task' then engaged.done_at end,
            engaged.engaged_at
        ) as written_at,
        raw_contents.first_loaded_at
    from raw_hubspot_engagements as engaged
    left join raw_contents
        on
            engaged.source = raw_contents.source
            and engaged.sha256 = raw_contents.sha256

),

named_engagements as (

    select
        *,
        case
            when says_yes(is_deleted) or what = 'note' then null
            -- What lay ahead when the file came has not happened yet.
            when instant(trim(written_at), 'UTC') > first_loaded_at then null
            when what = 'task' then case when is_done then 'crm_task' end
            when what like '%email%'
                then 'crm_email' || case when is_customer then '_received' else '' end
            when what = 'call'
                then 'crm_call' || case when is_customer then '_received' else '' end
            when what = 'meeting'
                then
                    case
                        when result in ('canceled', 'cancelled')
                            then 'crm_meeting_canceled'
                        when result = 'no_show' then 'crm_meeting_missed'
                        when result = 'rescheduled' then null
                        else 'crm_meeting'
                    end
            when what = 'communication' then 'crm_message'
            else 'crm_' || slug(what)
        end as activity,
        case
            when what like '%email%' then 'email'
            when what = 'communication'
                then coalesce(slug(message_channel), 'message')
            else slug(what)
        end as channel
    from engagements

),

campaigns as (

    select
        account,
        campaign_id,
        arg_max(name, (coalesce(updated_at, ''), name)) as name
    from raw_hubspot_email_campaigns
    group by account, campaign_id

),

contacts_of_tickets as (

    select
        account,
        ticket_id,
        contact_id
    from raw_hubspot_ticket_contacts
    union all
    select
        account,
        ticket_id,
        trim(unnest(string_split(contact_id, ';'))) as contact_id
    from raw_hubspot_tickets

),

people_of_tickets as (

    select
        account,
        ticket_id,
        with_identifier(
            null,
            'hubspot_contact',
            arg_min(contact_id, (length(contact_id), contact_id))
        ) as identifiers
    from contacts_of_tickets
    group by account, ticket_id

),

ticket_steps as (

    select
        tickets.*,
        places.place,
        places.step,
        case places.place
            when 1 then tickets.created_at
            when 2 then tickets.answered_at
            else tickets.closed_at
        end as written_at
    from raw_hubspot_tickets as tickets
    cross join (values (1, 'created'), (2, 'answered'), (3, 'closed'))
        as places (place, step)

)

select
    deal_steps.source,
    deal_steps.sha256,
    deal_steps.record_index,
    concat_ws(
        ':',
        'deal',
        deal_steps.deal_id,
        case deal_steps.place when 1 then 'created' else deal_steps.stage_id end,
        case when deal_steps.place > 1 then deal_steps.written_at end
    ) as event_id,
    deal_steps.written_at,
    deal_steps.place as source_order,
    deal_steps.updated_at as version,
    case
        when not says_yes(deals.is_deleted) then deal_steps.activity
    end
        as activity,
    'sales' as channel,
    false as is_customer,
    deals.owner as resource,
    coalesce(deal_steps.amount, deals.amount) as amount,
    coalesce(deal_steps.currency, deals.currency) as currency,
    people_of_deals.identifiers,
    with_extra(json_object('deal_id', deal_steps.deal_id), deal_steps.extra)
        as attributes,
    case when deal_steps.deal_id is null then 'no id' end as reason
from deal_steps
left join deals
    on
        deal_steps.account = deals.account
        and deal_steps.deal_id = deals.deal_id
left join people_of_deals
    on
        deal_steps.account = people_of_deals.account
        and deal_steps.deal_id = people_of_deals.deal_id
where deal_steps.written_at is not null or deal_steps.is_state is null
union all by name
select
    source,
    sha256,
    record_index,
    concat_ws(
        ':', 'contact', contact_id, activity, case when place > 1 then written_at end
    ) as event_id,
    written_at,
    place as source_order,
    updated_at as version,
    case
        when written_at is not null and not says_yes(is_deleted) then activity
    end as activity,
    'sales' as channel,
    false as is_customer,
    -- Ids of contacts that were merged into this one, as `1;2`.
    with_identifier(
        identifiers,
        'hubspot_contact',
        replace(
            replace(merged_ids, ' ', ''), ';', chr(31) || 'hubspot_contact='
        )
    ) as identifiers,
    with_extra(json_object('origin', origin), extra) as attributes,
    case when contact_id is null then 'no id' end as reason
from contact_steps
union all by name
select
    source,
    sha256,
    record_index,
    concat_ws(':', 'property', contact_id, name, value, changed_at) as event_id,
    changed_at as written_at,
    2 as source_order,
    activity,
    'sales' as channel,
    false as is_customer,
    identifiers,
    with_extra(json_object(), extra) as attributes,
    case when contact_id is null then 'no id' end as reason
from lifecycle_changes
union all by name
select
    source,
    sha256,
    record_index,
    concat_ws(':', 'merge', contact_id, merged_id) as event_id,
    identifiers,
    case when contact_id is null then 'no id' end as reason
from raw_hubspot_contact_merges
union all by name
select
    source,
    sha256,
    record_index,
    concat_ws(':', 'deal_contact', deal_id, contact_id) as event_id,
    identifiers
from raw_hubspot_deal_contacts
union all by name
select
    source,
    sha256,
    record_index,
    'stage:' || stage_id as event_id,
    case when stage_id is null then 'no id' end as reason
from raw_hubspot_deal_pipeline_stages
union all by name
-- A mail to three contacts is an event of each.
select
    named_engagements.source,
    named_engagements.sha256,
    named_engagements.record_index,
    concat_ws(
        ':',
        'engagement',
        named_engagements.engagement_id,
        contacts_of_engagements.contact_id
    ) as event_id,
    case
        when named_engagements.activity is not null then named_engagements.written_at
    end
        as written_at,
    named_engagements.updated_at as version,
    named_engagements.activity,
    named_engagements.channel,
    named_engagements.is_customer,
    named_engagements.owner as resource,
    with_identifier(null, 'hubspot_contact', contacts_of_engagements.contact_id)
        as identifiers,
    with_extra(json_object(), named_engagements.extra) as attributes,
    case
        when named_engagements.engagement_id is null then 'no id'
        when named_engagements.kind is null then 'no type'
    end as reason
from named_engagements
left join contacts_of_engagements
    on
        named_engagements.account = contacts_of_engagements.account
        and named_engagements.engagement_id = contacts_of_engagements.engagement_id
union all by name
select
    source,
    sha256,
    record_index,
    concat_ws(':', 'engagement_contact', engagement_id, contact_id) as event_id,
    identifiers
from raw_hubspot_engagement_contacts
union all by name
select
    mail.source,
    mail.sha256,
    mail.record_index,
    'email:' || mail.message_event_id as event_id,
    mail.created_at as written_at,
    case
        when says_yes(mail.is_filtered) or mail.obsoleted_by is not null then null
        when lower(mail.subscription) = 'unsubscribed' then 'email_unsubscribed'
        else cfg_activity_names.activity
    end as activity,
    'email' as channel,
    coalesce(
        lower(mail.kind) in (
            'open', 'click', 'print', 'forward', 'statuschange', 'spamreport'
        ),
        false
    ) as is_customer,
    mail.identifiers,
    with_extra(
        json_object('campaign_id', mail.campaign_id, 'campaign', campaigns.name),
        mail.extra
    ) as attributes,
    case when mail.message_event_id is null then 'no id' end as reason
from raw_hubspot_email_events as mail
left join campaigns
    on
        mail.account = campaigns.account
        and mail.campaign_id = campaigns.campaign_id
left join cfg_activity_names
    on
        cfg_activity_names.raw_view = 'raw_hubspot_email_events'
        and lower(trim(mail.kind)) = cfg_activity_names.written
union all by name
select
    source,
    sha256,
    record_index,
    'campaign:' || campaign_id as event_id,
    case when campaign_id is null then 'no id' end as reason
from raw_hubspot_email_campaigns
union all by name
select
    source,
    sha256,
    record_index,
    concat_ws(
        ':', 'form', coalesce(submission_id, form_id), contact_id, submitted_at
    ) as event_id,
    submitted_at as written_at,
    'form_submitted' as activity,
    'web' as channel,
    true as is_customer,
    identifiers,
    with_extra(
        json_object('form_id', form_id, 'form', form, 'page', page_path(page)), extra
    ) as attributes
from raw_hubspot_form_submissions
union all by name
select
    ticket_steps.source,
    ticket_steps.sha256,
    ticket_steps.record_index,
    concat_ws(':', 'ticket', ticket_steps.ticket_id, ticket_steps.step) as event_id,
    ticket_steps.written_at,
    ticket_steps.place as source_order,
    ticket_steps.updated_at as version,
    case
        when not says_yes(ticket_steps.is_deleted) then 'ticket_' || ticket_steps.step
    end as activity,
    coalesce(slug(ticket_steps.origin), 'support') as channel,
    ticket_steps.place = 1 as is_customer,
    ticket_steps.owner as resource,
    people_of_tickets.identifiers,
    with_extra(
        json_object(
            'ticket_id', ticket_steps.ticket_id, 'priority', ticket_steps.priority
        ),
        ticket_steps.extra
    ) as attributes,
    case when ticket_steps.ticket_id is null then 'no id' end as reason
from ticket_steps
left join people_of_tickets
    on
        ticket_steps.account = people_of_tickets.account
        and ticket_steps.ticket_id = people_of_tickets.ticket_id
where ticket_steps.place = 1 or ticket_steps.written_at is not null
union all by name
select
    source,
    sha256,
    record_index,
    concat_ws(':', 'ticket_contact', ticket_id, contact_id) as event_id,
    identifiers
from raw_hubspot_ticket_contacts
