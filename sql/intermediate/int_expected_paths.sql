-- One row per journey that an expected journey is stated for: its own persona's, else
-- that of everybody; with its events that this speaks of. None without [expected].
-- key: journey_code
--
-- journey_code   number of the journey
-- customer_code  number of its customer
-- slice_set      combination of values that slices the journey
-- persona        of its customer
-- expected       the expected journey: the persona, or `all`
-- ending         converted, lost (exited or abandoned), or open (in progress)
-- path           symbols of its events in order; see py_expected_symbols
-- event_numbers  these events

with judged as (

    select
        int_slice_sets.slice_set,
        int_slice_sets.persona,
        cfg_expected.expected
    from int_slice_sets
    left join cfg_expected as own on int_slice_sets.persona = own.expected
    inner join cfg_expected on coalesce(own.expected, 'all') = cfg_expected.expected

),

spoken as (

    select
        int_steps.journey_code,
        list(py_expected_symbols.symbol order by int_steps.event_number) as path,
        list(int_steps.event_number order by int_steps.event_number) as event_numbers
    from int_steps
    inner join judged on int_steps.slice_set = judged.slice_set
    inner join py_expected_symbols
        on
            judged.expected = py_expected_symbols.expected
            and int_steps.activity_code = py_expected_symbols.activity_code
            and int_steps.stage_index = py_expected_symbols.stage_index
    where int_steps.is_step
    group by int_steps.journey_code

)

select
    int_journeys.journey_code,
    int_journeys.customer_code,
    judged.slice_set,
    judged.persona,
    judged.expected,
    case int_journeys.outcome
        when 'converted' then 'converted'
        when 'in_progress' then 'open'
        else 'lost'
    end as ending,
    coalesce(spoken.path, []) as path,
    coalesce(spoken.event_numbers, []) as event_numbers
from int_journeys
inner join int_unit_slices
    on
        int_unit_slices.unit = 'journey'
        and int_journeys.journey_code = int_unit_slices.unit_code
inner join judged on int_unit_slices.slice_set = judged.slice_set
left join spoken on int_journeys.journey_code = spoken.journey_code
where int_journeys.journey_kind = 'main'
