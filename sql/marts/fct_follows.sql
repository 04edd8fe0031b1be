-- Which activity eventually follows which, per slice of journeys: some time later in
-- the same journey, whatever lies between. A journey counts once. Of the 500 most
-- frequent activities; the whole is complete, other slices hold their 2,500 most
-- frequent pairs.
-- key: persona, segment, segment_value, from_activity, to_activity
--
-- persona        `all`, or the persona
-- segment        `all`, or the segment
-- segment_value  `all`, or its value
-- from_activity  what happens first
-- to_activity    what happens some time after it; the same: it happens again
-- journeys       journeys in which it does
-- customers      customers with such a journey
-- share          of the slice's journeys
-- share_of_from  of the slice's journeys with from_activity

with slices as (

    -- A customer has one persona, so `all` is the sum over personas.
    select distinct
        slice_code,
        unnest(['all', persona]) as persona,
        segment,
        segment_value
    from int_slices
    where persona <> 'all'

),

summed as (

    select
        slices.persona,
        slices.segment,
        slices.segment_value,
        py_follows.activity_code,
        py_follows.later_code,
        cast(sum(py_follows.journeys) as bigint) as journeys,
        cast(sum(py_follows.customers) as bigint) as customers
    from py_follows
    inner join slices on py_follows.slice_code = slices.slice_code
    group by
        slices.persona,
        slices.segment,
        slices.segment_value,
        py_follows.activity_code,
        py_follows.later_code

),

ranked as (

    select
        pairs.*,
        holders.journeys as from_journeys,
        row_number() over (
            partition by pairs.persona, pairs.segment, pairs.segment_value
            order by
                pairs.journeys desc, pairs.activity_code asc, pairs.later_code asc
        ) as place
    from summed as pairs
    inner join summed as holders
        on
            pairs.persona = holders.persona
            and pairs.segment = holders.segment
            and pairs.segment_value = holders.segment_value
            and pairs.activity_code = holders.activity_code
            and holders.later_code = 0
    where pairs.later_code > 0

),

per_set as (

    select
        slice_set,
        count(*) as journeys
    from int_unit_slices
    where unit = 'journey'
    group by slice_set

),

totals as (

    select
        int_slices.persona,
        int_slices.segment,
        int_slices.segment_value,
        cast(sum(per_set.journeys) as bigint) as journeys
    from per_set
    inner join int_slices on per_set.slice_set = int_slices.slice_set
    group by int_slices.persona, int_slices.segment, int_slices.segment_value

)

select
    ranked.persona,
    ranked.segment,
    ranked.segment_value,
    earlier.activity as from_activity,
    later.activity as to_activity,
    ranked.journeys,
    ranked.customers,
    ranked.journeys / nullif(totals.journeys, 0) as share,
    ranked.journeys / nullif(ranked.from_journeys, 0) as share_of_from
from ranked
inner join totals
    on
        ranked.persona = totals.persona
        and ranked.segment = totals.segment
        and ranked.segment_value = totals.segment_value
inner join int_activities as earlier on ranked.activity_code = earlier.activity_code
inner join int_activities as later on ranked.later_code = later.activity_code
where
    ranked.place <= 2500
    or (ranked.persona = 'all' and ranked.segment = 'all')
order by
    ranked.persona asc,
    ranked.segment asc,
    ranked.segment_value asc,
    ranked.journeys desc,
    earlier.activity asc,
    later.activity asc
