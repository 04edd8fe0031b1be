-- What events tell of the work on their activity: one row per event that states its
-- lifecycle or resource. The end of an activity stands for all of it.
-- key: event_id
--
-- event_id        key of the event
-- lifecycle       start, complete, ...: state of the activity, as it was told
-- resource        who or what did it on the company's side
-- started_at      when the work that this event ends began, UTC; null if nobody said
-- service_us      time from then on, pauses left out, in microseconds
-- lifecycle_flag  unfinished: begun and not ended; unstarted: ended without a start,
--                 though others of the activity have one; else null
-- is_part         whether it is no event of its own: another one tells the end, or it
--                 is about work that has not begun, or is paused

with told as (

    select
        copy_key(int_kept.event_id, int_kept.copy_index) as event_id,
        int_kept.source,
        int_kept.activity,
        int_kept.lifecycle,
        int_kept.resource,
        lifecycle_role(int_kept.lifecycle) as role,
        cfg_sources.keeps_lifecycle
    from int_kept
    inner join cfg_sources on int_kept.source = cfg_sources.source
    where
        (int_kept.lifecycle is not null or int_kept.resource is not null)
        and int_kept.activity is not null
        and int_kept.occurred_at <= $as_of

),

works as (

    select *
    from py_lifecycle_pairs
    where kind = 'work'

),

pauses as (

    -- One that is not ended lasts until the work is.
    select
        int_lifecycle_moves.event_id,
        int_lifecycle_moves.source,
        int_lifecycle_moves.owner,
        int_lifecycle_moves.activity,
        int_lifecycle_moves.instance,
        int_lifecycle_moves.resource,
        epoch_us(int_lifecycle_moves.occurred_at) as opened_us,
        py_lifecycle_pairs.closed_us
    from int_lifecycle_moves
    left join py_lifecycle_pairs
        on int_lifecycle_moves.event_id = py_lifecycle_pairs.opening_id
    where int_lifecycle_moves.kind = 'pause' and int_lifecycle_moves.step = 1

),

placed as (

    -- A pause is of one work: of the same resource where one is open, else the first.
    select
        works.closing_id,
        least(coalesce(pauses.closed_us, works.closed_us), works.closed_us)
        - pauses.opened_us as paused_us
    from pauses
    inner join works
        on
            pauses.source = works.source
            and pauses.owner = works.owner
            and pauses.activity = works.activity
            and pauses.instance is not distinct from works.instance
            and pauses.opened_us >= works.opened_us
            and pauses.opened_us < works.closed_us
    qualify
        row_number() over (
            partition by pauses.event_id
            order by
                pauses.resource is distinct from works.resource,
                works.opened_us,
                works.opening_id
        ) = 1

),

paused as (

    select
        closing_id,
        cast(sum(paused_us) as bigint) as paused_us
    from placed
    group by closing_id

),

startable as (

    select distinct
        source,
        activity
    from int_lifecycle_moves
    where kind = 'work' and step = 1

)

select
    told.event_id,
    told.lifecycle,
    told.resource,
    make_timestamptz(ended.opened_us) as started_at,
    -- `greatest` passes over nulls.
    case
        when ended.closing_id is not null
            then
                greatest(
                    0,
                    ended.closed_us - ended.opened_us - coalesce(paused.paused_us, 0)
                )
    end as service_us,
    case
        when told.role = 'start' and begun.opening_id is null then 'unfinished'
        when
            told.role = 'end'
            and ended.closing_id is null
            and startable.activity is not null
            then 'unstarted'
    end as lifecycle_flag,
    not coalesce(told.keeps_lifecycle, false)
    and coalesce(
        told.role in ('note', 'suspend', 'resume')
        or begun.opening_id is not null,
        false
    ) as is_part
from told
left join works as begun on told.event_id = begun.opening_id
left join works as ended on told.event_id = ended.closing_id
left join paused on told.event_id = paused.closing_id
left join startable
    on told.source = startable.source and told.activity = startable.activity
