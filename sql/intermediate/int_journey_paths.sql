-- The sequence of activities of each journey, its steps only.
-- key: journey_code
--
-- journey_code      number of the journey
-- path              activity codes in order; empty if all its events are noise
-- entry_event       first step of the customer's own, else first one; null if none is
-- exit_event        last step of the customer's own, else last one; null if none is
-- channel_switches  how often a step of the customer's own was on another channel than
--                   the one before

with gathered as (

    select
        journey_code,
        coalesce(
            min(case when is_step and is_customer then event_number end),
            min(case when is_step then event_number end)
        ) as entry_event,
        coalesce(
            max(case when is_step and is_customer then event_number end),
            max(case when is_step then event_number end)
        ) as exit_event,
        count(case when is_switch then 1 end) as channel_switches
    from int_steps
    where not is_aftermath
    group by journey_code

)

select
    gathered.journey_code,
    coalesce(py_paths.path, []) as path,
    gathered.entry_event,
    gathered.exit_event,
    gathered.channel_switches
from gathered
left join py_paths on gathered.journey_code = py_paths.journey_code
