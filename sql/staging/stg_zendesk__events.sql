-- What Zendesk tells of customers: tickets and their states, public comments, chats,
-- ratings.
-- key: source, sha256, record_index, event_id
--
-- source         name of the source in the project file, and its table
-- sha256         content that the record stands in
-- record_index   position of the record in that content, from 1
-- event_id       the object, and what became of it
-- written_at     when it happened, as it is written
-- source_order   position in the life of a ticket; of a message in its chat
-- version        when the record was last changed: the newest export wins
-- activity       ticket_created, ticket_opened, ticket_reopened, ticket_pending,
--                ticket_on_hold, ticket_<status of the company>, ticket_solved,
--                ticket_closed, ticket_commented (the customer), ticket_answered (an
--                agent), chat_message_sent, chat_answered, csat_sent, csat_answered;
--                null for records that only link identifiers, for private comments and
--                the one that a ticket begins with, for bots, for other fields, and for
--                tickets that were deleted
-- channel        how the ticket came: email, web, chat, api, ...; else support
-- is_customer    whether the customer acted, not the company
-- resource       id of the agent
-- identifiers    `type=value` pairs of the person, joined by the unit separator
-- attributes     JSON object: what is known of ticket_id, priority, type, score (good,
--                bad, or a number), comment, reason, and those that the source asks for
-- reason         why the record is quarantined; null if it is good

with tickets as (

    select *
    from raw_zendesk_tickets
    qualify
        row_number()
            over (
                partition by account, ticket_id
                order by
                    updated_at desc nulls last,
                    status asc,
                    requester_id asc,
                    assignee_id asc,
                    priority asc,
                    kind asc,
                    via asc,
                    created_at asc
            )
        = 1

),

agents as (

    select
        account,
        zendesk_user,
        bool_or(lower(role) in ('agent', 'admin')) as is_agent
    from raw_zendesk_users
    group by account, zendesk_user

),

audited as (

    select
        source,
        account,
        sha256,
        record_index,
        ticket_id,
        author_id as user_id,
        created_at as changed_at,
        unnest(json_extract(events, '$[*]')) as event,
        extra
    from raw_zendesk_ticket_audits

),

histories as (

    select
        source,
        account,
        sha256,
        record_index,
        ticket_id,
        field,
        value,
        user_id,
        changed_at,
        extra
    from raw_zendesk_ticket_field_history
    union all by name
    select
        * exclude (event),
        'status' as field,
        json_extract_string(event, '$.value') as value
    from audited
    where json_extract_string(event, '$.field_name') = 'status'

),

states as (

    -- Exports overlap: a change counts once.
    select distinct
        account,
        ticket_id,
        lower(trim(value)) as status,
        changed_at
    from histories
    where field = 'status' and value is not null

),

followed as (

    select
        *,
        lag(status) over (
            partition by account, ticket_id
            order by instant(trim(changed_at), 'UTC'), changed_at, status
        ) as previous_status
    from states

),

told as (

    select distinct
        account,
        ticket_id
    from states
    where status = 'solved'

),

changes as (

    select
        history.*,
        case
            -- That it is new tells what its creation tells.
            when followed.status in ('new', 'deleted') then null
            when
                followed.status = 'open'
                and followed.previous_status in ('solved', 'closed')
                then 'ticket_reopened'
            else
                coalesce(
                    cfg_activity_names.activity, 'ticket_' || slug(followed.status)
                )
        end as activity
    from histories as history
    left join followed
        on
            history.field = 'status'
            and history.account = followed.account
            and history.ticket_id = followed.ticket_id
            and lower(trim(history.value)) = followed.status
            and history.changed_at = followed.changed_at
            and followed.previous_status is distinct from followed.status
    left join cfg_activity_names
        on
            cfg_activity_names.raw_view = 'raw_zendesk_ticket_field_history'
            and followed.status = cfg_activity_names.written

),

ticket_steps as (

    select
        *,
        'created' as step,
        created_at as written_at,
        1 as place
    from raw_zendesk_tickets
    union all by name
    -- What the history tells, the state of the ticket needs not tell again.
    select
        states_now.*,
        'solved' as step,
        states_now.solved_at as written_at,
        3 as place
    from raw_zendesk_tickets as states_now
    left join told
        on
            states_now.account = told.account
            and states_now.ticket_id = told.ticket_id
    where states_now.solved_at is not null and told.ticket_id is null

),

comments as (

    select
        raw_zendesk_ticket_comments.*,
        tickets.requester_id,
        tickets.assignee_id,
        tickets.identifiers as ticket_identifiers,
        tickets.priority,
        tickets.kind,
        coalesce(tickets.via, raw_zendesk_ticket_comments.via) as touched,
        -- Who is no agent is a customer; without users, who did not ask is an agent.
        coalesce(
            not agents.is_agent,
            raw_zendesk_ticket_comments.author_id = tickets.requester_id,
            false
        ) as is_customer,
        coalesce(tickets.status = 'deleted', false)
        or not says_yes(coalesce(raw_zendesk_ticket_comments.is_public, 'true'))
        -- What the ticket begins with is its first comment, too.
        or coalesce(
            raw_zendesk_ticket_comments.created_at = tickets.created_at, false
        ) as is_hidden
    from raw_zendesk_ticket_comments
    left join tickets
        on
            raw_zendesk_ticket_comments.account = tickets.account
            and raw_zendesk_ticket_comments.ticket_id = tickets.ticket_id
    left join agents
        on
            raw_zendesk_ticket_comments.account = agents.account
            and raw_zendesk_ticket_comments.author_id = agents.zendesk_user

),

chats as (

    select
        account,
        chat_id,
        min(ticket_id) as ticket_id
    from raw_zendesk_ticket_chats
    group by account, chat_id

),

messages as (

    select
        said.*,
        chats.ticket_id,
        tickets.identifiers as ticket_identifiers,
        regexp_extract(said.actor_id, '^agent:(\d+)', 1) as agent,
        case
            when said.kind <> 'ChatMessage' or said.actor_id is null then null
            when tickets.status = 'deleted' then null
            -- An agent without a number is a bot; so are triggers.
            when regexp_full_match(said.actor_id, 'agent:\d+') then 'chat_answered'
            when regexp_matches(said.actor_id, '^(agent:|__)') then null
            else 'chat_message_sent'
        end as activity
    from raw_zendesk_ticket_chat_events as said
    left join chats
        on
            said.account = chats.account
            and said.chat_id = chats.chat_id
    left join tickets
        on
            said.account = tickets.account
            and chats.ticket_id = tickets.ticket_id

)

select
    source,
    sha256,
    record_index,
    concat_ws(':', 'ticket', ticket_id, step) as event_id,
    written_at,
    place as source_order,
    updated_at as version,
    case when not coalesce(status = 'deleted', false) then 'ticket_' || step end
        as activity,
    coalesce(slug(via), 'support') as channel,
    -- An agent may write down what a customer said.
    place = 1 and coalesce(submitter_id = requester_id, true) as is_customer,
    assignee_id as resource,
    identifiers,
    with_extra(
        json_object('ticket_id', ticket_id, 'priority', priority, 'type', kind), extra
    ) as attributes,
    case when ticket_id is null then 'no id' end as reason
from ticket_steps
union all by name
select
    changes.source,
    changes.sha256,
    changes.record_index,
    concat_ws(
        ':',
        'field',
        changes.ticket_id,
        changes.field,
        changes.value,
        changes.changed_at
    ) as event_id,
    changes.changed_at as written_at,
    3 as source_order,
    case
        when coalesce(tickets.status = 'deleted', false) then null
        else changes.activity
    end as activity,
    coalesce(slug(tickets.via), 'support') as channel,
    coalesce(changes.user_id = tickets.requester_id, false) as is_customer,
    changes.user_id as resource,
    tickets.identifiers,
    with_extra(
        json_object(
            'ticket_id', changes.ticket_id,
            'priority', tickets.priority,
            'type', tickets.kind
        ),
        changes.extra
    ) as attributes,
    case when changes.ticket_id is null then 'no id' end as reason
from changes
left join tickets
    on
        changes.account = tickets.account
        and changes.ticket_id = tickets.ticket_id
union all by name
select
    source,
    sha256,
    record_index,
    'comment:' || comment_id as event_id,
    created_at as written_at,
    2 as source_order,
    case
        when is_hidden then null
        when is_customer then 'ticket_commented'
        else 'ticket_answered'
    end as activity,
    coalesce(slug(touched), 'support') as channel,
    is_customer,
    case when not is_customer then author_id end as resource,
    -- A customer in copy speaks for himself.
    case
        when is_customer then with_identifier(null, 'zendesk_user', author_id)
        else ticket_identifiers
    end as identifiers,
    with_extra(
        json_object('ticket_id', ticket_id, 'priority', priority, 'type', kind), extra
    ) as attributes,
    case when comment_id is null then 'no id' end as reason
from comments
union all by name
select
    ratings.source,
    ratings.sha256,
    ratings.record_index,
    concat_ws(
        ':',
        'rating',
        ratings.rating_id,
        case when lower(ratings.score) = 'offered' then 'offered' end
    ) as event_id,
    -- A rating is made when it is offered, and changed when it is answered.
    case
        when lower(ratings.score) = 'offered' then ratings.created_at
        else coalesce(ratings.updated_at, ratings.created_at)
    end as written_at,
    4 as source_order,
    ratings.updated_at as version,
    -- One that was not offered is none.
    case
        when coalesce(tickets.status = 'deleted', false) then null
        when regexp_full_match(ratings.score, '[0-9]+') then 'csat_answered'
        else cfg_activity_names.activity
    end as activity,
    coalesce(slug(tickets.via), 'support') as channel,
    not coalesce(lower(ratings.score) = 'offered', false) as is_customer,
    tickets.assignee_id as resource,
    coalesce(ratings.identifiers, tickets.identifiers) as identifiers,
    with_extra(
        json_object(
            'ticket_id', ratings.ticket_id,
            'score', nullif(lower(ratings.score), 'offered'),
            'comment', ratings.comment,
            'reason', ratings.reason
        ),
        ratings.extra
    ) as attributes,
    case when ratings.rating_id is null then 'no id' end as reason
from raw_zendesk_satisfaction_ratings as ratings
left join tickets
    on
        ratings.account = tickets.account
        and ratings.ticket_id = tickets.ticket_id
left join cfg_activity_names
    on
        cfg_activity_names.raw_view = 'raw_zendesk_satisfaction_ratings'
        and lower(ratings.score) = cfg_activity_names.written
union all by name
select
    source,
    sha256,
    record_index,
    'audit:' || audit_id as event_id
from raw_zendesk_ticket_audits
union all by name
select
    source,
    sha256,
    record_index,
    'user:' || zendesk_user as event_id,
    created_at as written_at,
    updated_at as version,
    -- Agents are no customers.
    case when coalesce(lower(role), '') not in ('agent', 'admin') then identifiers end
        as identifiers,
    case when zendesk_user is null then 'no id' end as reason
from raw_zendesk_users
union all by name
select
    source,
    sha256,
    record_index,
    concat_ws(':', 'chat', chat_id, ticket_id) as event_id
from raw_zendesk_ticket_chats
union all by name
select
    source,
    sha256,
    record_index,
    concat_ws(':', 'message', chat_id, created_at, kind, actor_id) as event_id,
    created_at as written_at,
    try_cast(chat_index as bigint) as source_order,
    activity,
    'chat' as channel,
    coalesce(activity = 'chat_message_sent', false) as is_customer,
    nullif(agent, '') as resource,
    ticket_identifiers as identifiers,
    with_extra(json_object('ticket_id', ticket_id), extra) as attributes
from messages
