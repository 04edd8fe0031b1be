-- The first round of a funnel: an entry is the start of its own chain.
-- key: funnel, unit_code, event_number
--
-- funnel                    name of the funnel
-- unit_code                 unit that the funnel counts
-- event_number              event in the log
-- entry_us                  entry of the latest chain that reaches this round's step at
--                           the event, ties as the funnel says; null if there is none
-- entry_strict_us           the same where a tie satisfies no order
-- entry_interchangeable_us  the same where a tie satisfies any order
-- entry_mature_us           as entry_us, of entries whose window has ended

select
    int_funnel_events.funnel,
    int_funnel_events.unit_code,
    int_funnel_events.event_number,
    int_funnel_events.occurred_us as entry_us,
    int_funnel_events.occurred_us as entry_strict_us,
    int_funnel_events.occurred_us as entry_interchangeable_us,
    case
        when int_funnel_events.occurred_us <= $as_of_us - cfg_funnels.window_us
            then int_funnel_events.occurred_us
    end as entry_mature_us
from int_funnel_events
inner join cfg_funnels on int_funnel_events.funnel = cfg_funnels.funnel
where int_funnel_events.is_entry
