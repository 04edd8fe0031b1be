-- The paths of the journeys that are over, per persona: what process models are about.
-- A journey in progress has not ended where it stands.
-- key: persona, path
--
-- persona   persona of the journeys
-- path      activity codes in order, one at least
-- journeys  journeys that follow it

select
    int_slice_sets.persona,
    int_journey_paths.path,
    count(*) as journeys
from int_journeys
inner join int_journey_paths
    on int_journeys.journey_code = int_journey_paths.journey_code
inner join int_unit_slices
    on
        int_unit_slices.unit = 'journey'
        and int_journeys.journey_code = int_unit_slices.unit_code
inner join int_slice_sets on int_unit_slices.slice_set = int_slice_sets.slice_set
where int_journeys.outcome <> 'in_progress' and len(int_journey_paths.path) > 0
group by int_slice_sets.persona, int_journey_paths.path
