-- The sequence of activities of each journey, aftermath left out.
-- key: journey_code
--
-- journey_code  number of the journey
-- path          activity codes in order

select
    journey_code,
    list(activity_code order by event_number) as path
from int_steps
where not is_aftermath
group by journey_code
