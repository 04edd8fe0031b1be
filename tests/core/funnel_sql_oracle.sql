-- Chains of an ordered funnel by window functions: round $k, from the round before.
-- `chain` has, per event, the latest entry that reaches the step before there; a tie
-- satisfies any order in `free_us`, none in `strict_us`. For steps of which no event can
-- be two. Rows: funnel, unit_code, event_number, occurred_us, free_us, strict_us.

with best as (

    select
        events.funnel_index,
        events.unit_code,
        events.event_number,
        events.occurred_us,
        (events.steps >> ($k - 1)) & 1 = 1 as is_step,
        max(chain.free_us) over (
            partition by events.funnel_index, events.unit_code
            order by events.occurred_us
            range between unbounded preceding and current row
        ) as free_us,
        max(chain.strict_us) over (
            partition by events.funnel_index, events.unit_code
            order by events.occurred_us
            range between unbounded preceding and 1 preceding
        ) as strict_us
    from funnel_events as events
    left join chain
        on
            events.funnel_index = chain.funnel_index
            and events.unit_code = chain.unit_code
            and events.event_number = chain.event_number

)

select
    best.funnel_index,
    best.unit_code,
    best.event_number,
    best.occurred_us,
    case
        when best.occurred_us - best.free_us <= cfg_funnels.window_us
            then best.free_us
    end
        as free_us,
    case
        when best.occurred_us - best.strict_us <= cfg_funnels.window_us
            then best.strict_us
    end
        as strict_us
from best
inner join cfg_funnels on best.funnel_index = cfg_funnels.funnel_index
where best.is_step and best.free_us is not null
