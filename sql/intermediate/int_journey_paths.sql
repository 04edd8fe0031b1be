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

    -- A step as one number, its position before its activity: to sort these takes half
    -- the time of a list in order of something else.
    select
        journey_code,
        list_sort(
            array_agg(step_position << 32 | activity_code) filter (where is_step)
        ) as steps,
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
    journey_code,
    coalesce(list_transform(steps, lambda step: step & 4294967295), []) as path,
    entry_event,
    exit_event,
    channel_switches
from gathered
