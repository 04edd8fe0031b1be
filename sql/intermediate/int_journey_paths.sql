-- The sequence of activities of each journey, its steps only.
-- key: journey_code
--
-- journey_code  number of the journey
-- path          activity codes in order; empty if all its events are noise

select
    journey_code,
    coalesce(
        list(activity_code order by event_number) filter (where is_step), []
    ) as path
from int_steps
where not is_aftermath
group by journey_code
