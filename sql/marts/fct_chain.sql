-- The paths of settled journeys as an absorbing Markov chain: from each activity, how
-- likely what follows is. `$start` comes before the first activity; converted, exited
-- and abandoned absorb. Journeys in progress are left out: their end is not known.
-- key: persona, from_state, to_state
--
-- persona      `all`, or the persona
-- from_state   an activity, or `$start`
-- to_state     the activity that follows, or converted, exited or abandoned, with `$`
--              before it: `$converted`
-- transitions  how often, in settled journeys; from `$start`, journeys
-- probability  of all that follows from_state, the share that to_state is

with moves as (

    -- Slices by outcome hold what settled journeys did: all but those in progress.
    select
        persona,
        from_activity as from_state,
        to_activity as to_state,
        transitions
    from fct_transitions
    where segment = 'outcome' and segment_value <> 'in_progress'
    union all
    select
        persona,
        '$start' as from_state,
        activity as to_state,
        starts as transitions
    from fct_activities
    where segment = 'outcome' and segment_value <> 'in_progress'
    union all
    select
        persona,
        activity as from_state,
        '$' || segment_value as to_state,
        ends as transitions
    from fct_activities
    where segment = 'outcome' and segment_value <> 'in_progress'

),

counted as (

    select
        persona,
        from_state,
        to_state,
        cast(sum(transitions) as bigint) as transitions
    from moves
    where transitions > 0
    group by persona, from_state, to_state

)

select
    persona,
    from_state,
    to_state,
    transitions,
    transitions / cast(
        sum(transitions) over (partition by persona, from_state) as bigint
    ) as probability
from counted
order by persona, from_state, to_state
