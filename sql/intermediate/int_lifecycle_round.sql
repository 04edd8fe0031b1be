-- Beginnings and ends that belong together, of those that no round before has paired:
-- first in, first out, within an activity of a case. Run twice: $by_resource pairs what
-- one resource began and ended, else what one left to another. Where the source names
-- the execution, only that counts.
-- key: opening_id
--
-- opening_id  event that begins
-- closing_id  event that ends
-- source      name of the source
-- owner       case of both events, else the identifiers of their person
-- activity    what is worked on
-- instance    which of its executions, where the source says so
-- resource    who began
-- kind        work or pause
-- opened_us   when it begins, in microseconds since 1970
-- closed_us   when it ends

with waiting as (

    select
        int_lifecycle_moves.*,
        case
            when $by_resource and int_lifecycle_moves.instance is null
                then int_lifecycle_moves.resource
        end as hand
    from int_lifecycle_moves
    anti join py_lifecycle_pairs as opened
        on int_lifecycle_moves.event_id = opened.opening_id
    anti join py_lifecycle_pairs as closed
        on int_lifecycle_moves.event_id = closed.closing_id

),

balanced as (

    -- How many are open after each event, if an end without a beginning counts too.
    select
        *,
        sum(step) over (
            partition by source, owner, activity, instance, kind, hand
            order by
                occurred_at asc, source_order asc nulls last, step desc, event_id asc
            rows between unbounded preceding and current row
        ) as balance
    from waiting

),

judged as (

    -- A new low below zero is an end that has no beginning.
    select
        *,
        balance < least(
            0,
            coalesce(
                min(balance) over (
                    partition by source, owner, activity, instance, kind, hand
                    order by
                        occurred_at asc,
                        source_order asc nulls last,
                        step desc,
                        event_id asc
                    rows between unbounded preceding and 1 preceding
                ),
                0
            )
        ) as is_lone
    from balanced

),

numbered as (

    select
        *,
        row_number() over (
            partition by source, owner, activity, instance, kind, hand, step
            order by occurred_at asc, source_order asc nulls last, event_id asc
        ) as turn
    from judged
    where not is_lone

)

select
    min(event_id) filter (where step = 1) as opening_id,
    min(event_id) filter (where step = -1) as closing_id,
    source,
    owner,
    activity,
    instance,
    min(resource) filter (where step = 1) as resource,
    kind,
    epoch_us(min(occurred_at) filter (where step = 1)) as opened_us,
    epoch_us(min(occurred_at) filter (where step = -1)) as closed_us
from numbered
group by source, owner, activity, instance, kind, hand, turn
having count(*) = 2
