-- Deals of Pipedrive: created, each stage, won, lost; activities that were done; and
-- persons, who only link identifiers.
-- key: source, sha256, record_index, event_id
--
-- source         name of the source in the project file, and its table
-- sha256         content that the record stands in
-- record_index   position of the record in that content, from 1
-- event_id       the object, and what became of it
-- written_at     when it happened, as it is written
-- source_order   position in the life of a deal
-- version        when the record was last changed: the newest export wins
-- activity       deal_created, deal_<stage>, deal_won, deal_lost, crm_<activity>; null
--                for records that only link identifiers or name stages, for deals that
--                are deleted, and for activities that are not done
-- channel        sales, or the kind of an activity: call, email, meeting, ...
-- is_customer    false: the company writes its CRM
-- resource       the owner of the deal, or who acted
-- amount         value of the deal
-- currency       three letters
-- identifiers    `type=value` pairs of the person, joined by the unit separator
-- attributes     JSON object: deal_id, lost_reason, and those that the source asks for
-- reason         why the record is quarantined; null if it is good

with stages as (

    select
        account,
        stage_id,
        arg_max(stage_name, (coalesce(updated_at, ''), stage_name)) as stage_name
    from raw_pipedrive_stages
    group by account, stage_id

),

owners as (

    -- Whom a deal is with, as the newest export tells it.
    select
        account,
        deal_id,
        arg_max(
            identifiers, (coalesce(updated_at, ''), identifiers)
        ) as identifiers
    from raw_pipedrive_deals
    group by account, deal_id

),

changes as (

    select
        raw_pipedrive_flow.*,
        owners.identifiers as owner_identifiers,
        case
            when raw_pipedrive_flow.field = 'stage_id'
                then
                    'deal_' || coalesce(
                        slug(stages.stage_name), raw_pipedrive_flow.new_value
                    )
        end as activity
    from raw_pipedrive_flow
    left join stages
        on
            raw_pipedrive_flow.account = stages.account
            and raw_pipedrive_flow.new_value = stages.stage_id
    left join owners
        on
            raw_pipedrive_flow.account = owners.account
            and raw_pipedrive_flow.deal_id = owners.deal_id

),

changed as (

    select distinct
        account,
        deal_id
    from raw_pipedrive_flow
    where field = 'stage_id'

),

deals as (

    select
        raw_pipedrive_deals.*,
        coalesce(slug(stages.stage_name), raw_pipedrive_deals.stage_id) as stage,
        -- What the flow tells, the state of the deal needs not tell again.
        case when changed.deal_id is null then raw_pipedrive_deals.stage_changed_at end
            as staged_at
    from raw_pipedrive_deals
    left join stages
        on
            raw_pipedrive_deals.account = stages.account
            and raw_pipedrive_deals.stage_id = stages.stage_id
    left join changed
        on
            raw_pipedrive_deals.account = changed.account
            and raw_pipedrive_deals.deal_id = changed.deal_id

),

steps as (

    select
        deals.*,
        places.place,
        case places.place
            when 1 then 'created'
            when 2 then deals.stage
            when 3 then 'won'
            else 'lost'
        end as step,
        case places.place
            when 1 then deals.added_at
            when 2 then deals.staged_at
            when 3 then deals.won_at
            else deals.lost_at
        end as written_at
    from deals
    cross join (values (1), (2), (3), (4)) as places (place)

)

select
    source,
    sha256,
    record_index,
    -- A deal may come to a stage more than once.
    concat_ws(':', 'deal', deal_id, step, case place when 2 then written_at end)
        as event_id,
    written_at,
    place as source_order,
    updated_at as version,
    case
        when not (coalesce(lower(status) = 'deleted', false) or says_yes(is_deleted))
            then 'deal_' || step
    end as activity,
    'sales' as channel,
    false as is_customer,
    owner as resource,
    amount,
    currency,
    identifiers,
    with_extra(json_object('deal_id', deal_id, 'lost_reason', lost_reason), extra)
        as attributes,
    case when deal_id is null then 'no id' end as reason
from steps
-- A step without a time was not taken, but a deal without its first is none.
where place = 1 or written_at is not null
union all by name
select
    source,
    sha256,
    record_index,
    concat_ws(':', 'flow', deal_id, field, coalesce(change_id, changed_at)) as event_id,
    changed_at as written_at,
    2 as source_order,
    activity,
    'sales' as channel,
    false as is_customer,
    user_id as resource,
    case when activity is not null then owner_identifiers end as identifiers,
    with_extra(json_object('deal_id', deal_id), extra) as attributes,
    case when deal_id is null then 'no id' end as reason
from changes
union all by name
select
    done.source,
    done.sha256,
    done.record_index,
    'activity:' || done.activity_id as event_id,
    done.done_at as written_at,
    done.updated_at as version,
    -- One that is not done is a plan.
    case
        when done.done_at is not null
            then 'crm_' || coalesce(slug(done.kind), 'activity')
    end as activity,
    slug(done.kind) as channel,
    false as is_customer,
    done.user_id as resource,
    coalesce(done.identifiers, owners.identifiers) as identifiers,
    with_extra(json_object('deal_id', done.deal_id), done.extra) as attributes,
    case when done.activity_id is null then 'no id' end as reason
from raw_pipedrive_activities as done
left join owners
    on
        done.account = owners.account
        and done.deal_id = owners.deal_id
union all by name
select
    source,
    sha256,
    record_index,
    'person:' || person_id as event_id,
    added_at as written_at,
    updated_at as version,
    identifiers,
    case when person_id is null then 'no id' end as reason
from raw_pipedrive_persons
union all by name
select
    source,
    sha256,
    record_index,
    'stage:' || stage_id as event_id,
    case when stage_id is null then 'no id' end as reason
from raw_pipedrive_stages
