-- Stages per slice of journeys: how many come, how long they stay, where they go next;
-- empty if the project names no stages. A stay is a run of consecutive steps in the
-- same stage of a journey: it lasts until the first step of the next stay, the last one
-- until the journey ends, and the first one begins with the journey. A step without a
-- stage ends a stay: its own is told as `(none)`, so that in every slice the times of
-- stays add up to the durations of journeys.
-- key: persona, segment, segment_value, stage
--
-- persona          `all`, or the persona
-- segment          `all`, or the segment
-- segment_value    `all`, or its value
-- stage            the stage; `(none)` for steps without one and journeys without steps
-- stage_index      its position in the project, from 1; 0 for `(none)`
-- journeys         journeys that entered it
-- customers        customers with such a journey
-- visits           stays in it: a journey may come back
-- events           steps in it
-- closed_stays     of those, left for another stage or ended with the journey
-- open_stays       of those, not over at $as_of: the journey is in progress and still
--                  there; at most one per journey
-- ended_stays      of the closed stays, those that ended with the journey
-- total_seconds    time of all stays; that of open ones up to the last step
-- time_share       of the time of all journeys in the slice
-- mean_seconds     time of a journey in the stage, all its stays together; journeys
--                  with an open stay, whose time there is not over, are left out
-- p50_seconds      median of the same
-- p90_seconds      what nine in ten of them do not exceed
-- next_stage       stage that most often follows; null if none does
-- next_stage_rate  share of the closed stays that it follows
-- settled          journeys that entered it and are not in progress
-- stuck            of those, journeys without a later stage after they entered it
-- stuck_rate       stuck / settled; null for `(none)`, which has no place in the order

with stages as (

    select distinct
        stage_index,
        stage
    from cfg_stages
    union all
    select
        0 as stage_index,
        '(none)' as stage

),

moves as (

    select
        slice_set,
        stage_index,
        next_stage_index,
        count(*) as moves
    from int_steps
    where
        next_stage_index <> stage_index
        and exists (select cfg_stages.stage from cfg_stages)
    group by slice_set, stage_index, next_stage_index

),

sliced_moves as (

    select
        int_slices.persona,
        int_slices.segment,
        int_slices.segment_value,
        moves.stage_index,
        moves.next_stage_index,
        cast(sum(moves.moves) as bigint) as moves
    from moves
    inner join int_slices on moves.slice_set = int_slices.slice_set
    group by all

),

left_for as (

    select
        persona,
        segment,
        segment_value,
        stage_index,
        cast(sum(moves) as bigint) as moves,
        max(moves) as next_moves,
        arg_max(next_stage_index, (moves, -next_stage_index)) as next_stage_index
    from sliced_moves
    group by persona, segment, segment_value, stage_index

)

select
    py_stages.persona,
    py_stages.segment,
    py_stages.segment_value,
    stages.stage,
    py_stages.stage_index,
    py_stages.journeys,
    py_stages.customers,
    py_stages.visits,
    py_stages.events,
    py_stages.visits - py_stages.open_stays as closed_stays,
    py_stages.open_stays,
    py_stages.visits - py_stages.open_stays - coalesce(left_for.moves, 0)
        as ended_stays,
    py_stages.time_us / 1000000 as total_seconds,
    py_stages.time_us / nullif(
        sum(py_stages.time_us) over (
            partition by
                py_stages.persona, py_stages.segment, py_stages.segment_value
        ),
        0
    ) as time_share,
    py_stages.over_us / nullif(py_stages.journeys - py_stages.open_stays, 0) / 1000000
        as mean_seconds,
    py_stages.p50_us / 1000000 as p50_seconds,
    py_stages.p90_us / 1000000 as p90_seconds,
    next_stages.stage as next_stage,
    left_for.next_moves / nullif(py_stages.visits - py_stages.open_stays, 0)
        as next_stage_rate,
    py_stages.settled,
    py_stages.stuck,
    case
        when py_stages.stage_index > 0
            then py_stages.stuck / nullif(py_stages.settled, 0)
    end as stuck_rate
from py_stages
inner join stages on py_stages.stage_index = stages.stage_index
left join left_for
    on
        py_stages.persona = left_for.persona
        and py_stages.segment = left_for.segment
        and py_stages.segment_value = left_for.segment_value
        and py_stages.stage_index = left_for.stage_index
left join stages as next_stages on left_for.next_stage_index = next_stages.stage_index
order by
    py_stages.persona,
    py_stages.segment,
    py_stages.segment_value,
    py_stages.stage_index
