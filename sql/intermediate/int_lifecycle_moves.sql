-- The events that begin or end the work on an activity, or a pause of it.
-- key: event_id
--
-- event_id      key of the event
-- source        name of the source
-- owner         case of the event, else the identifiers of its person
-- activity      what is worked on
-- instance      which of its executions, where the source says so
-- resource      who works
-- kind          work or pause
-- step          1 if it begins, -1 if it ends
-- occurred_at   when, UTC
-- source_order  the source's own order of events at the same time

with roles as (

    select
        known.role,
        known.kind,
        known.step
    from (
        values
        ('start', 'work', 1),
        ('end', 'work', -1),
        ('suspend', 'pause', 1),
        ('resume', 'pause', -1)
    ) as known (role, kind, step)

)

select
    copy_key(int_kept.event_id, int_kept.copy_index) as event_id,
    int_kept.source,
    coalesce(int_kept.case_id, int_kept.identifiers) as owner,
    int_kept.activity,
    int_kept.instance,
    int_kept.resource,
    roles.kind,
    roles.step,
    int_kept.occurred_at,
    int_kept.source_order
from int_kept
inner join roles on lifecycle_role(int_kept.lifecycle) = roles.role
anti join int_filtered
    on
        int_kept.source = int_filtered.source
        and int_kept.sha256 = int_filtered.sha256
        and int_kept.record_index = int_filtered.record_index
        and int_kept.event_id = int_filtered.event_id
where
    int_kept.lifecycle is not null
    and coalesce(int_kept.case_id, int_kept.identifiers) is not null
    and int_kept.occurred_at <= $as_of
