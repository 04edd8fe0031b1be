-- What Freshdesk tells of customers: tickets and the times of their states, replies,
-- ratings.
-- key: source, sha256, record_index, event_id
--
-- source         name of the source in the project file, and its table
-- sha256         content that the record stands in
-- record_index   position of the record in that content, from 1
-- event_id       the object, and what became of it
-- written_at     when it happened, as it is written
-- source_order   position in the life of a ticket
-- version        when the record was last changed: the newest export wins
-- activity       ticket_created, ticket_answered, ticket_pending, ticket_solved,
--                ticket_reopened, ticket_closed, ticket_commented (the customer),
--                csat_answered; null for records that only link identifiers, for
--                private notes, for mails to others, and for tickets that are deleted
--                or spam
-- channel        how the ticket came: email, web, phone, chat, ...; else support
-- is_customer    whether the customer acted, not the company
-- resource       the agent
-- identifiers    `type=value` pairs of the person, joined by the unit separator
-- attributes     JSON object: what is known of ticket_id, priority, type, score (7 is
--                extremely happy, 4 neutral, 1 extremely unhappy), comment, and those
--                that the source asks for
-- reason         why the record is quarantined; null if it is good

with known as (

    select
        raw_freshdesk_tickets.*,
        coalesce(
            cfg_activity_names.activity,
            case
                when try_cast(raw_freshdesk_tickets.via as bigint) is null
                    then slug(raw_freshdesk_tickets.via)
            end,
            'support'
        ) as channel,
        says_yes(raw_freshdesk_tickets.is_deleted)
        or says_yes(raw_freshdesk_tickets.is_spam) as is_hidden
    from raw_freshdesk_tickets
    left join cfg_activity_names
        on
            cfg_activity_names.raw_view = 'raw_freshdesk_tickets'
            and raw_freshdesk_tickets.via = cfg_activity_names.written

),

tickets as (

    select *
    from known
    qualify
        row_number()
            over (
                partition by account, ticket_id
                order by
                    updated_at desc nulls last,
                    is_hidden asc,
                    identifiers asc,
                    channel asc
            )
        = 1

),

answers as (

    select
        said.*,
        tickets.channel,
        tickets.identifiers as ticket_identifiers,
        says_yes(said.is_incoming) as is_customer,
        case
            when tickets.is_hidden or says_yes(said.is_private) then null
            -- Notes, what a rating says again, and what was sent on to others.
            when said.kind in ('2', '6', '8') then null
            when says_yes(said.is_incoming) then 'ticket_commented'
            else 'ticket_answered'
        end as activity
    from raw_freshdesk_conversations as said
    left join tickets
        on
            said.account = tickets.account
            and said.ticket_id = tickets.ticket_id

),

told as (

    select distinct
        account,
        ticket_id,
        activity
    from answers

),

dated as (

    select
        known.*,
        places.place,
        places.activity,
        case places.place
            when 1 then known.created_at
            when 2 then known.answered_at
            when 3 then known.pending_at
            when 4 then known.solved_at
            when 5 then known.reopened_at
            else known.closed_at
        end as written_at
    from known
    cross join (
        values
        (1, 'ticket_created'),
        (2, 'ticket_answered'),
        (3, 'ticket_pending'),
        (4, 'ticket_solved'),
        (5, 'ticket_reopened'),
        (6, 'ticket_closed')
    ) as places (place, activity)

),

steps as (

    -- What the conversations tell, the ticket needs not tell again.
    select dated.*
    from dated
    left join told
        on
            dated.account = told.account
            and dated.ticket_id = told.ticket_id
            and dated.activity = told.activity
    where
        dated.place = 1
        or (dated.written_at is not null and told.activity is null)

)

select
    source,
    sha256,
    record_index,
    -- A ticket may be solved again: each export tells the last time.
    concat_ws(':', activity, ticket_id, case when place > 2 then written_at end)
        as event_id,
    written_at,
    place as source_order,
    updated_at as version,
    case when not is_hidden then activity end as activity,
    channel,
    -- What an agent writes first is an outbound mail.
    place = 1 and coalesce(via not in ('10', 'Outbound Email'), true) as is_customer,
    agent as resource,
    identifiers,
    with_extra(
        json_object('ticket_id', ticket_id, 'priority', priority, 'type', kind), extra
    ) as attributes,
    case when ticket_id is null then 'no id' end as reason
from steps
union all by name
select
    source,
    sha256,
    record_index,
    'conversation:' || conversation_id as event_id,
    created_at as written_at,
    2 as source_order,
    updated_at as version,
    activity,
    coalesce(channel, 'support') as channel,
    is_customer,
    case when not is_customer then user_id end as resource,
    case
        when is_customer
            then
                coalesce(
                    with_identifier(null, 'freshdesk_contact', user_id),
                    ticket_identifiers
                )
        else ticket_identifiers
    end as identifiers,
    with_extra(json_object('ticket_id', ticket_id), extra) as attributes,
    case when conversation_id is null then 'no id' end as reason
from answers
union all by name
select
    ratings.source,
    ratings.sha256,
    ratings.record_index,
    'rating:' || ratings.rating_id as event_id,
    coalesce(ratings.created_at, ratings.updated_at) as written_at,
    7 as source_order,
    ratings.updated_at as version,
    case when not coalesce(tickets.is_hidden, false) then 'csat_answered' end
        as activity,
    coalesce(tickets.channel, 'support') as channel,
    true as is_customer,
    ratings.agent as resource,
    coalesce(ratings.identifiers, tickets.identifiers) as identifiers,
    with_extra(
        json_object(
            'ticket_id', ratings.ticket_id,
            'score',
            case ratings.rating
                when '103' then '7'
                when '102' then '6'
                when '101' then '5'
                when '100' then '4'
                when '-101' then '3'
                when '-102' then '2'
                when '-103' then '1'
            end,
            'comment', ratings.comment
        ),
        ratings.extra
    ) as attributes,
    case when ratings.rating_id is null then 'no id' end as reason
from raw_freshdesk_satisfaction_ratings as ratings
left join tickets
    on
        ratings.account = tickets.account
        and ratings.ticket_id = tickets.ticket_id
union all by name
select
    source,
    sha256,
    record_index,
    'contact:' || contact_id as event_id,
    created_at as written_at,
    updated_at as version,
    identifiers,
    case when contact_id is null then 'no id' end as reason
from raw_freshdesk_contacts
