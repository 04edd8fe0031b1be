-- What Intercom tells of customers: conversations, what was said and done in them, and
-- ratings.
-- key: source, sha256, record_index, event_id
--
-- source         name of the source in the project file, and its table
-- sha256         content that the record stands in
-- record_index   position of the record in that content, from 1
-- event_id       the object, and what became of it
-- written_at     when it happened, as it is written
-- source_order   position in the life of a conversation
-- version        when the record was last changed: the newest version wins
-- activity       conversation_started, conversation_replied (the customer),
--                conversation_answered (an agent), conversation_bot_answered,
--                conversation_assigned, conversation_snoozed, conversation_reopened,
--                conversation_closed, csat_answered; null for records that only link
--                identifiers, for notes, and for what concerns the inbox only
-- channel        how the conversation came: conversation, email, push, ...; else
--                support
-- is_customer    whether a user or a lead acted
-- resource       id of the agent
-- identifiers    `type=value` pairs of the person, joined by the unit separator
-- attributes     JSON object: what is known of conversation_id, score (1 to 5),
--                comment, and those that the source asks for
-- reason         why the record is quarantined; null if it is good

with conversations as (

    select
        *,
        coalesce(lower(author_type) in ('user', 'lead', 'contact'), false) as is_asked
    from raw_intercom_conversations
    qualify
        row_number()
            over (
                partition by account, conversation_id
                order by
                    updated_at desc nulls last,
                    author_type asc,
                    author_id asc,
                    contact_id asc,
                    via asc
            )
        = 1

),

contacts as (

    select
        account,
        conversation_id,
        contact_id
    from raw_intercom_conversation_contacts
    union all
    select
        account,
        conversation_id,
        contact_id
    from conversations

),

companions as (

    select
        account,
        conversation_id,
        min(contact_id) as contact_id
    from contacts
    group by account, conversation_id

),

asked as (

    -- Several may take part: who began it is the person, else one of them.
    select
        conversations.account,
        conversations.conversation_id,
        conversations.via,
        with_identifier(
            null,
            'intercom_contact',
            coalesce(
                case when conversations.is_asked then conversations.author_id end,
                companions.contact_id
            )
        ) as identifiers
    from conversations
    left join companions
        on
            conversations.account = companions.account
            and conversations.conversation_id = companions.conversation_id

),

parts as (

    select
        raw_intercom_conversation_parts.*,
        asked.via,
        asked.identifiers as asked_identifiers,
        coalesce(
            lower(raw_intercom_conversation_parts.author_type)
            in ('user', 'lead', 'contact'),
            false
        ) as is_customer,
        case
            when
                lower(raw_intercom_conversation_parts.kind)
                not in ('comment', 'quick_reply')
                then cfg_activity_names.activity
            when
                lower(raw_intercom_conversation_parts.author_type)
                in ('user', 'lead', 'contact')
                then 'conversation_replied'
            when lower(raw_intercom_conversation_parts.author_type) = 'bot'
                then 'conversation_bot_answered'
            else 'conversation_answered'
        end as activity
    from raw_intercom_conversation_parts
    left join asked
        on
            raw_intercom_conversation_parts.account = asked.account
            and raw_intercom_conversation_parts.conversation_id = asked.conversation_id
    left join cfg_activity_names
        on
            cfg_activity_names.raw_view = 'raw_intercom_conversation_parts'
            and lower(raw_intercom_conversation_parts.kind) = cfg_activity_names.written

),

told as (

    select distinct
        account,
        conversation_id,
        activity
    from parts

),

dated as (

    select
        states.*,
        places.place,
        places.activity,
        case places.place
            when 1 then states.created_at
            when 2 then states.answered_at
            when 3 then states.closed_at
            else coalesce(states.rated_at, states.updated_at)
        end as written_at
    from raw_intercom_conversations as states
    cross join (
        values
        (1, 'conversation_started'),
        (2, 'conversation_answered'),
        (3, 'conversation_closed'),
        (4, 'csat_answered')
    ) as places (place, activity)

),

steps as (

    -- What the parts tell, the state of the conversation needs not tell again.
    select dated.*
    from dated
    left join told
        on
            dated.account = told.account
            and dated.conversation_id = told.conversation_id
            and dated.activity = told.activity
    where
        dated.place = 1
        or (
            dated.written_at is not null
            and told.activity is null
            and (dated.place < 4 or dated.score is not null)
        )

)

select
    steps.source,
    steps.sha256,
    steps.record_index,
    concat_ws(':', 'conversation', steps.conversation_id, steps.activity) as event_id,
    steps.written_at,
    steps.place as source_order,
    steps.updated_at as version,
    steps.activity,
    coalesce(slug(steps.via), 'support') as channel,
    steps.place = 4
    or (
        steps.place = 1
        and coalesce(lower(steps.author_type) in ('user', 'lead', 'contact'), false)
    ) as is_customer,
    steps.assignee_id as resource,
    asked.identifiers,
    with_extra(
        json_object(
            'conversation_id', steps.conversation_id,
            'score', case steps.place when 4 then steps.score end,
            'comment', case steps.place when 4 then steps.comment end
        ),
        steps.extra
    ) as attributes,
    case when steps.conversation_id is null then 'no id' end as reason
from steps
left join asked
    on
        steps.account = asked.account
        and steps.conversation_id = asked.conversation_id
union all by name
select
    source,
    sha256,
    record_index,
    'part:' || part_id as event_id,
    created_at as written_at,
    2 as source_order,
    updated_at as version,
    activity,
    coalesce(slug(via), 'support') as channel,
    is_customer,
    case when not is_customer then author_id end as resource,
    -- One who joined a conversation speaks for himself.
    case
        when is_customer then with_identifier(null, 'intercom_contact', author_id)
        else asked_identifiers
    end as identifiers,
    with_extra(json_object('conversation_id', conversation_id), extra) as attributes,
    case when part_id is null then 'no id' end as reason
from parts
union all by name
select
    source,
    sha256,
    record_index,
    concat_ws(':', 'companion', conversation_id, contact_id) as event_id,
    identifiers
from raw_intercom_conversation_contacts
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
from raw_intercom_contacts
union all by name
select
    source,
    sha256,
    record_index,
    concat_ws(':', 'merge', contact_id, merged_id) as event_id,
    identifiers
from raw_intercom_contact_merges
