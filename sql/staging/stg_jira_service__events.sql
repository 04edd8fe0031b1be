-- What Jira Service Management tells of customers: requests, their statuses, ratings.
-- key: source, sha256, record_index, event_id
--
-- source         name of the source in the project file, and its table
-- sha256         content that the record stands in
-- record_index   position of the record in that content, from 1
-- event_id       the request, and what became of it
-- written_at     when it happened, as it is written
-- source_order   position in the life of a request
-- version        when the record was last changed: the newest export wins
-- activity       ticket_created, ticket_<status>, ticket_solved, ticket_closed,
--                ticket_canceled, ticket_reopened, csat_answered; null for records that
--                only link identifiers or name statuses, and for other fields
-- channel        always support
-- is_customer    whether the reporter acted
-- resource       who is assigned, or who acted
-- identifiers    `type=value` pairs of the person, joined by the unit separator
-- attributes     JSON object: what is known of ticket_id, priority, type, score (1 to
--                5), comment, and those that the source asks for
-- reason         why the record is quarantined; null if it is good

with issues as (

    select *
    from raw_jira_service_issues
    qualify
        row_number()
            over (
                partition by account, issue_key
                order by
                    updated_at desc nulls last,
                    issue_id asc,
                    identifiers asc,
                    assignee asc,
                    priority asc,
                    kind asc,
                    solved_at asc
            )
        = 1

),

statuses as (

    select
        account,
        status_id,
        arg_max(name, (coalesce(updated_at, ''), name)) as name
    from raw_jira_service_statuses
    group by account, status_id

),

logged as (

    -- The log of an issue: changes, each of several fields.
    select
        source,
        account,
        sha256,
        record_index,
        coalesce(issue_id, issue_key) as issue_id,
        unnest(json_extract(changelog, '$[*]')) as change,
        updated_at,
        extra
    from raw_jira_service_issues
    where changelog is not null

),

itemised as (

    select
        * exclude (change),
        json_extract_string(change, '$.created') as changed_at,
        json_extract_string(change, '$.author.accountId') as author_id,
        unnest(json_extract(change, '$.items[*]')) as item
    from logged

),

history as (

    select
        * exclude (item),
        json_extract_string(item, '$.toString') as status
    from itemised
    where json_extract_string(item, '$.field') = 'status'
    union all by name
    select
        told.source,
        told.account,
        told.sha256,
        told.record_index,
        told.issue_id,
        told.changed_at,
        told.author_id,
        told.field,
        told.value,
        -- Fivetran tells ids of statuses.
        case
            when lower(told.field) = 'status' then coalesce(statuses.name, told.value)
        end as status,
        told.extra
    from raw_jira_service_issue_field_history as told
    left join statuses
        on
            told.account = statuses.account
            and told.value = statuses.status_id

),

states as (

    -- Exports overlap: a change counts once.
    select distinct
        history.account,
        history.issue_id,
        history.status,
        history.changed_at,
        coalesce(cfg_activity_names.activity, 'ticket_' || slug(history.status))
            as activity
    from history
    left join cfg_activity_names
        on
            cfg_activity_names.raw_view = 'raw_jira_service_issue_field_history'
            and lower(trim(history.status)) = cfg_activity_names.written
    where history.status is not null

),

followed as (

    select
        *,
        lag(activity) over (
            partition by account, issue_id
            order by instant(trim(changed_at), 'UTC'), changed_at, status
        ) as previous_activity
    from states

),

moves as (

    select
        *,
        case
            when
                previous_activity in ('ticket_solved', 'ticket_closed')
                and activity not in (
                    'ticket_solved', 'ticket_closed', 'ticket_canceled'
                )
                then 'ticket_reopened'
            else activity
        end as move
    from followed
    where previous_activity is null or previous_activity <> activity

),

told_issues as (

    select distinct
        account,
        issue_id
    from states

),

rated as (

    select distinct
        account,
        issue_key
    from raw_jira_service_satisfaction

),

reporters as (

    select distinct
        account,
        reporter_id
    from raw_jira_service_issues

),

steps as (

    select
        *,
        'ticket_created' as activity,
        created_at as written_at,
        1 as place
    from raw_jira_service_issues
    union all by name
    -- What the history tells, the state of the request needs not tell again.
    select
        states_now.*,
        'ticket_solved' as activity,
        states_now.solved_at as written_at,
        3 as place
    from raw_jira_service_issues as states_now
    left join told_issues
        on
            states_now.account = told_issues.account
            and coalesce(states_now.issue_id, states_now.issue_key)
            = told_issues.issue_id
    where states_now.solved_at is not null and told_issues.issue_id is null
    union all by name
    select
        states_now.*,
        'csat_answered' as activity,
        coalesce(states_now.solved_at, states_now.updated_at) as written_at,
        4 as place
    from raw_jira_service_issues as states_now
    left join rated
        on
            states_now.account = rated.account
            and states_now.issue_key = rated.issue_key
    where states_now.score is not null and rated.issue_key is null

)

select
    source,
    sha256,
    record_index,
    concat_ws(':', activity, issue_key, case place when 3 then written_at end)
        as event_id,
    written_at,
    place as source_order,
    updated_at as version,
    activity,
    'support' as channel,
    place = 4
    or (place = 1 and coalesce(creator_id = reporter_id, true)) as is_customer,
    assignee as resource,
    identifiers,
    with_extra(
        json_object(
            'ticket_id', issue_key,
            'priority', priority,
            'type', kind,
            'score', case place when 4 then score end
        ),
        extra
    ) as attributes,
    case when issue_key is null then 'no key' end as reason
from steps
union all by name
select
    history.source,
    history.sha256,
    history.record_index,
    concat_ws(
        ':',
        'change',
        history.issue_id,
        history.field,
        coalesce(history.status, history.value),
        history.changed_at
    ) as event_id,
    history.changed_at as written_at,
    2 as source_order,
    history.updated_at as version,
    moves.move as activity,
    'support' as channel,
    coalesce(history.author_id = issues.reporter_id, false) as is_customer,
    history.author_id as resource,
    issues.identifiers,
    with_extra(
        json_object(
            'ticket_id', issues.issue_key,
            'priority', issues.priority,
            'type', issues.kind
        ),
        history.extra
    ) as attributes,
    case when history.issue_id is null then 'no id' end as reason
from history
left join moves
    on
        history.account = moves.account
        and history.issue_id = moves.issue_id
        and history.status = moves.status
        and history.changed_at = moves.changed_at
left join issues
    on
        history.account = issues.account
        and history.issue_id = coalesce(issues.issue_id, issues.issue_key)
union all by name
select
    source,
    sha256,
    record_index,
    'status:' || status_id as event_id,
    case when status_id is null then 'no id' end as reason
from raw_jira_service_statuses
union all by name
select
    ratings.source,
    ratings.sha256,
    ratings.record_index,
    'rating:' || ratings.issue_key as event_id,
    -- The API tells no time of a rating: it comes after the request was solved.
    coalesce(ratings.rated_at, issues.solved_at) as written_at,
    4 as source_order,
    ratings.rated_at as version,
    case when ratings.score is not null then 'csat_answered' end as activity,
    'support' as channel,
    true as is_customer,
    issues.assignee as resource,
    issues.identifiers,
    with_extra(
        json_object(
            'ticket_id', ratings.issue_key,
            'score', ratings.score,
            'comment', ratings.comment
        ),
        ratings.extra
    ) as attributes,
    case when ratings.issue_key is null then 'no key' end as reason
from raw_jira_service_satisfaction as ratings
left join issues
    on
        ratings.account = issues.account
        and ratings.issue_key = issues.issue_key
union all by name
select
    users.source,
    users.sha256,
    users.record_index,
    'user:' || users.account_id as event_id,
    -- Of colleagues only those are customers who asked for something.
    case
        when
            coalesce(lower(users.kind), 'customer') = 'customer'
            or reporters.reporter_id is not null
            then users.identifiers
    end as identifiers,
    case when users.account_id is null then 'no id' end as reason
from raw_jira_service_users as users
left join reporters
    on
        users.account = reporters.account
        and users.account_id = reporters.reporter_id
