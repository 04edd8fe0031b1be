-- What Salesforce tells of customers: leads and their steps, deals and their stages,
-- campaigns and answers to them, tasks and meetings.
-- key: source, sha256, record_index, event_id
--
-- source         name of the source in the project file, and its table
-- sha256         content that the record stands in
-- record_index   position of the record in that content, from 1
-- event_id       the object, and what became of it
-- written_at     when it happened, as it is written
-- source_order   position in the life of a lead or a deal
-- version        when the record was last changed: the newest export wins
-- activity       lead_created, lead_<status>, lead_converted, contact_created,
--                deal_created, deal_<stage>, deal_won, deal_lost, campaign_joined,
--                campaign_responded, crm_<kind of task or meeting>; null for records
--                that only link identifiers or look up names, that are deleted, and for
--                tasks that are not done and meetings that are still to come
-- channel        sales; the type of a campaign; the kind of a task or meeting
-- is_customer    whether the customer acted: answered a campaign, or called
-- resource       the owner
-- amount         amount of the deal
-- currency       three letters; null in an organisation with one currency
-- identifiers    `type=value` pairs of the person, joined by the unit separator
-- attributes     JSON object: what is known of lead_source, deal_id, account_id,
--                campaign_id, campaign, and those that the source asks for
-- reason         why the record is quarantined; null if it is good

with deals as (

    select *
    from raw_salesforce_opportunities
    qualify
        row_number()
            over (
                partition by account, opportunity_id
                order by
                    updated_at desc nulls last,
                    is_deleted asc,
                    owner asc,
                    amount asc,
                    currency asc,
                    account_id asc
            )
        = 1

),

roles as (

    select *
    from raw_salesforce_opportunity_contact_roles
    qualify
        row_number()
            over (
                partition by
                    account, coalesce(role_id, opportunity_id || ':' || contact_id)
                order by
                    updated_at desc nulls last,
                    is_deleted asc,
                    is_primary asc,
                    created_at asc,
                    identifiers asc
            )
        = 1

),

contacts_of_deals as (

    -- Colleagues are several people: one of them stands for the deal.
    select
        account,
        opportunity_id,
        arg_min(
            identifiers,
            (not says_yes(is_primary), coalesce(created_at, ''), contact_id)
        ) as identifiers
    from roles
    where not says_yes(is_deleted)
    group by account, opportunity_id

),

leads_of_deals as (

    select
        account,
        opportunity_id,
        with_identifier(null, 'salesforce_lead', min(lead_id)) as identifiers
    from raw_salesforce_leads
    where opportunity_id is not null
    group by account, opportunity_id

),

people as (

    select
        coalesce(contacts_of_deals.account, leads_of_deals.account) as account,
        coalesce(contacts_of_deals.opportunity_id, leads_of_deals.opportunity_id)
            as opportunity_id,
        coalesce(contacts_of_deals.identifiers, leads_of_deals.identifiers)
            as identifiers
    from contacts_of_deals
    full join leads_of_deals
        on
            contacts_of_deals.account = leads_of_deals.account
            and contacts_of_deals.opportunity_id = leads_of_deals.opportunity_id

),

closed as (

    select
        account,
        stage,
        is_won
    from raw_salesforce_opportunities
    where says_yes(is_closed)
    union all
    select
        account,
        stage,
        is_won
    from raw_salesforce_opportunity_history
    where says_yes(is_closed)

),

ends as (

    -- What a stage is that deals are closed in. A company names its stages itself.
    select
        account,
        stage,
        case when bool_or(says_yes(is_won)) then 'deal_won' else 'deal_lost' end
            as activity
    from closed
    group by account, stage

),

versioned as (

    select distinct
        account,
        opportunity_id
    from raw_salesforce_opportunity_history

),

histories as (

    select
        source,
        account,
        sha256,
        record_index,
        opportunity_id,
        'history' as kind,
        stage,
        amount,
        currency,
        is_deleted,
        changed_at,
        extra
    from raw_salesforce_opportunity_history
    union all by name
    -- Changes of other fields are no steps; nor are those that the versions tell.
    select
        changes.source,
        changes.account,
        changes.sha256,
        changes.record_index,
        changes.opportunity_id,
        concat_ws(':', 'field', changes.field) as kind,
        case
            when
                lower(changes.field) in ('stagename', 'stage_name')
                and versioned.opportunity_id is null
                then changes.new_value
        end as stage,
        changes.is_deleted,
        changes.changed_at,
        changes.extra
    from raw_salesforce_opportunity_field_history as changes
    left join versioned
        on
            changes.account = versioned.account
            and changes.opportunity_id = versioned.opportunity_id

),

stages as (

    -- Exports overlap: a version counts once.
    select distinct
        account,
        opportunity_id,
        stage,
        changed_at
    from histories
    where stage is not null

),

followed as (

    select
        *,
        lag(stage) over (
            partition by account, opportunity_id
            order by instant(trim(changed_at), 'UTC'), changed_at, stage
        ) as previous_stage
    from stages

),

moves as (

    select *
    from followed
    where previous_stage is null or previous_stage <> stage

),

moved as (

    select distinct
        account,
        opportunity_id,
        stage
    from moves

),

states as (

    select
        *,
        coalesce(
            staged_at,
            -- A date, though Fivetran writes a time of day.
            case when says_yes(is_closed) then left(closed_at, 10) end
        ) as stage_at
    from raw_salesforce_opportunities

),

steps as (

    select
        histories.source,
        histories.account,
        histories.sha256,
        histories.record_index,
        histories.opportunity_id,
        histories.kind || coalesce(':' || histories.stage, '') as step,
        moves.stage,
        histories.changed_at as written_at,
        2 as place,
        histories.amount,
        histories.currency,
        says_yes(histories.is_deleted) as is_deleted,
        histories.extra
    from histories
    left join moves
        on
            histories.account = moves.account
            and histories.opportunity_id = moves.opportunity_id
            and histories.stage = moves.stage
            and histories.changed_at = moves.changed_at
    union all by name
    select
        source,
        account,
        sha256,
        record_index,
        opportunity_id,
        'created' as step,
        'created' as stage,
        created_at as written_at,
        1 as place,
        amount,
        currency,
        updated_at,
        says_yes(is_deleted) as is_deleted,
        extra
    from raw_salesforce_opportunities
    union all by name
    -- What the histories tell, the state of the deal needs not tell again.
    select
        states.source,
        states.account,
        states.sha256,
        states.record_index,
        states.opportunity_id,
        'stage:' || states.stage as step,
        states.stage,
        states.stage_at as written_at,
        2 as place,
        states.amount,
        states.currency,
        states.updated_at,
        says_yes(states.is_deleted) as is_deleted,
        states.extra
    from states
    left join moved
        on
            states.account = moved.account
            and states.opportunity_id = moved.opportunity_id
            and states.stage = moved.stage
    where moved.stage is null and states.stage_at is not null

),

told_deals as (

    select
        steps.source,
        steps.sha256,
        steps.record_index,
        concat_ws(
            ':',
            'deal',
            steps.opportunity_id,
            steps.step,
            case steps.place when 2 then steps.written_at end
        ) as event_id,
        steps.written_at,
        steps.place + case when ends.activity is null then 0 else 1 end
            as source_order,
        steps.updated_at as version,
        case
            when steps.is_deleted or says_yes(deals.is_deleted)
                then null
            when steps.place = 1 then 'deal_created'
            else
                coalesce(
                    ends.activity,
                    cfg_activity_names.activity,
                    'deal_' || slug(steps.stage)
                )
        end as activity,
        'sales' as channel,
        false as is_customer,
        deals.owner as resource,
        coalesce(steps.amount, deals.amount) as amount,
        coalesce(steps.currency, deals.currency) as currency,
        people.identifiers,
        with_extra(
            json_object(
                'deal_id', steps.opportunity_id, 'account_id', deals.account_id
            ),
            steps.extra
        ) as attributes,
        case when steps.opportunity_id is null then 'no id' end as reason
    from steps
    left join deals
        on
            steps.account = deals.account
            and steps.opportunity_id = deals.opportunity_id
    left join people
        on
            steps.account = people.account
            and steps.opportunity_id = people.opportunity_id
    left join ends
        on
            steps.place = 2
            and steps.account = ends.account
            and steps.stage = ends.stage
    left join cfg_activity_names
        on
            cfg_activity_names.raw_view = 'raw_salesforce_opportunity_history'
            and lower(trim(steps.stage)) = cfg_activity_names.written

),

lead_stages as (

    select distinct
        account,
        lead_id,
        status,
        changed_at
    from raw_salesforce_lead_history
    where status is not null and coalesce(lower(field), 'status') = 'status'

),

followed_leads as (

    select
        *,
        lag(status) over (
            partition by account, lead_id
            order by instant(trim(changed_at), 'UTC'), changed_at, status
        ) as previous_status
    from lead_stages

),

lead_moves as (

    select *
    from followed_leads
    where previous_status is null or previous_status <> status

),

lead_steps as (

    select
        *,
        'created' as step,
        created_at as written_at,
        1 as place
    from raw_salesforce_leads
    union all by name
    select
        *,
        'converted' as step,
        left(converted_at, 10) as written_at,
        3 as place
    from raw_salesforce_leads
    where converted_at is not null

),

campaigns as (

    select *
    from raw_salesforce_campaigns
    qualify
        row_number()
            over (
                partition by account, campaign_id
                order by
                    updated_at desc nulls last,
                    kind asc,
                    name asc
            )
        = 1

),

member_steps as (

    select
        *,
        'joined' as step,
        created_at as written_at
    from raw_salesforce_campaign_members
    union all by name
    select
        *,
        'responded' as step,
        left(responded_at, 10) as written_at
    from raw_salesforce_campaign_members
    where responded_at is not null

),

work as (

    select
        source,
        account,
        sha256,
        record_index,
        'task:' || task_id as event_id,
        who_id,
        what_id,
        -- `Task` says nothing; a type is what the company calls it.
        coalesce(
            slug(nullif(lower(trim(subtype)), 'task')), slug(kind), 'task'
        ) as kind,
        lower(direction) as direction,
        owner,
        case
            when says_yes(is_closed) or completed_at is not null
                then coalesce(completed_at, left(due_at, 10))
        end as written_at,
        updated_at,
        says_yes(is_deleted) or coalesce(lower(direction) = 'internal', false)
            as is_hidden,
        extra
    from raw_salesforce_tasks
    union all by name
    select
        meetings.source,
        meetings.account,
        meetings.sha256,
        meetings.record_index,
        'event:' || meetings.meeting_id as event_id,
        meetings.who_id,
        meetings.what_id,
        coalesce(slug(meetings.kind), 'meeting') as kind,
        meetings.owner,
        -- What lay ahead when the file came has not happened yet.
        case
            when
                coalesce(
                    instant(trim(meetings.started_at), 'UTC')
                    > raw_contents.first_loaded_at,
                    false
                )
                then null
            else meetings.started_at
        end as written_at,
        meetings.updated_at,
        -- Copies for colleagues, and what stands for a whole series.
        says_yes(meetings.is_deleted)
        or says_yes(meetings.is_child)
        or says_yes(meetings.is_series) as is_hidden,
        meetings.extra
    from raw_salesforce_events as meetings
    left join raw_contents
        on
            meetings.source = raw_contents.source
            and meetings.sha256 = raw_contents.sha256

)

select
    source,
    sha256,
    record_index,
    event_id,
    written_at,
    source_order,
    version,
    activity,
    channel,
    is_customer,
    resource,
    amount,
    currency,
    identifiers,
    attributes,
    reason
from told_deals
union all by name
select
    source,
    sha256,
    record_index,
    concat_ws(':', 'lead', lead_id, step) as event_id,
    written_at,
    place as source_order,
    updated_at as version,
    -- A lead that was merged into another one is deleted, too.
    case when not says_yes(is_deleted) then 'lead_' || step end as activity,
    'sales' as channel,
    false as is_customer,
    owner as resource,
    identifiers,
    with_extra(json_object('lead_source', origin), extra) as attributes,
    case when lead_id is null then 'no id' end as reason
from lead_steps
union all by name
select
    history.source,
    history.sha256,
    history.record_index,
    concat_ws(
        ':',
        'lead',
        history.lead_id,
        history.field,
        history.status,
        history.changed_at
    ) as event_id,
    history.changed_at as written_at,
    2 as source_order,
    case
        when not says_yes(history.is_deleted) then 'lead_' || slug(lead_moves.status)
    end as activity,
    'sales' as channel,
    false as is_customer,
    history.identifiers,
    with_extra(json_object(), history.extra) as attributes,
    case when history.lead_id is null then 'no id' end as reason
from raw_salesforce_lead_history as history
left join lead_moves
    on
        coalesce(lower(history.field), 'status') = 'status'
        and history.account = lead_moves.account
        and history.lead_id = lead_moves.lead_id
        and history.status = lead_moves.status
        and history.changed_at = lead_moves.changed_at
union all by name
select
    source,
    sha256,
    record_index,
    'contact:' || contact_id as event_id,
    created_at as written_at,
    2 as source_order,
    updated_at as version,
    case
        when created_at is not null and not says_yes(is_deleted)
            then 'contact_created'
    end as activity,
    'sales' as channel,
    false as is_customer,
    owner as resource,
    identifiers,
    with_extra(json_object(), extra) as attributes,
    case when contact_id is null then 'no id' end as reason
from raw_salesforce_contacts
union all by name
select
    source,
    sha256,
    record_index,
    concat_ws(':', 'role', coalesce(role_id, opportunity_id), contact_id) as event_id,
    updated_at as version,
    identifiers
from raw_salesforce_opportunity_contact_roles
union all by name
select
    source,
    sha256,
    record_index,
    'campaign:' || campaign_id as event_id,
    updated_at as version,
    case when campaign_id is null then 'no id' end as reason
from raw_salesforce_campaigns
union all by name
select
    member_steps.source,
    member_steps.sha256,
    member_steps.record_index,
    concat_ws(':', 'member', member_steps.member_id, member_steps.step) as event_id,
    member_steps.written_at,
    member_steps.updated_at as version,
    case
        when not says_yes(member_steps.is_deleted) then 'campaign_' || member_steps.step
    end as activity,
    coalesce(slug(campaigns.kind), 'campaign') as channel,
    member_steps.step = 'responded' as is_customer,
    member_steps.identifiers,
    with_extra(
        json_object(
            'campaign_id', member_steps.campaign_id, 'campaign', campaigns.name
        ),
        member_steps.extra
    ) as attributes,
    case when member_steps.member_id is null then 'no id' end as reason
from member_steps
left join campaigns
    on
        member_steps.account = campaigns.account
        and member_steps.campaign_id = campaigns.campaign_id
union all by name
select
    work.source,
    work.sha256,
    work.record_index,
    work.event_id,
    work.written_at,
    work.updated_at as version,
    case
        when work.written_at is not null and not work.is_hidden
            then
                'crm_' || work.kind
                || case when work.direction = 'inbound' then '_received' else '' end
    end as activity,
    work.kind as channel,
    coalesce(work.direction = 'inbound', false) as is_customer,
    work.owner as resource,
    -- An id begins with what it is of.
    case left(work.who_id, 3)
        when '003' then with_identifier(null, 'salesforce_contact', work.who_id)
        when '00Q' then with_identifier(null, 'salesforce_lead', work.who_id)
        else people.identifiers
    end as identifiers,
    with_extra(json_object('deal_id', people.opportunity_id), work.extra) as attributes,
    case when work.event_id is null then 'no id' end as reason
from work
left join people
    on
        work.account = people.account
        and work.what_id = people.opportunity_id
