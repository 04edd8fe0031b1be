-- Stays of the slice's journeys in a stage: runs of steps in fct_events, each until the
-- first step of the next run, the last one until the journey's ended_at.
-- key: persona, segment, segment_value, stage
--
-- journeys         journeys with a stay in it
-- customers        their distinct customer_id
-- visits           stays
-- events           steps in them
-- closed_stays     of the stays, not open
-- open_stays       of the stays, the last of a journey in progress
-- ended_stays      of the stays, the last of a journey that is over
-- total_seconds    sum of their lengths
-- time_share       of the lengths of all stays of the slice
-- mean_seconds     mean per journey, of journeys without an open stay in it
-- p50_seconds      the least such time that half of these journeys do not exceed
-- p90_seconds      the least that nine in ten do not exceed
-- next_stage_rate  of the closed stays, those that `next_stage` follows
-- settled          of the journeys, not in progress
-- stuck            of the settled, with no step of a later stage after they entered it
-- stuck_rate       stuck / settled

with slice as (

    select unit_id
    from dim_slices
    where
        unit = 'journey'
        and $persona in ('all', persona)
        and ($segment = 'all' or segments[$segment] = $segment_value)

),

steps as (

    select
        fct_events.journey_id,
        fct_events.customer_id,
        fct_events.event_index,
        fct_events.occurred_at,
        coalesce(meta_stages.stage_index, 0) as stage_index,
        coalesce(fct_events.stage, '(none)') as stage,
        fct_journeys.outcome = 'in_progress' as is_open,
        fct_journeys.started_at,
        fct_journeys.ended_at
    from fct_events
    inner join fct_journeys on fct_events.journey_id = fct_journeys.journey_id
    left join meta_stages on fct_events.stage = meta_stages.stage
    where
        fct_events.journey_id in (select slice.unit_id from slice)
        and fct_events.is_step

),

begun as (

    select *
    from steps
    qualify
        stage_index is distinct from lag(stage_index) over (
            partition by journey_id order by event_index
        )

),

stays as (

    select
        *,
        lead(stage) over journey as next_stage,
        lead(stage) over journey is null as is_last,
        epoch_us(coalesce(lead(occurred_at) over journey, ended_at)) - epoch_us(
            case
                when lag(stage) over journey is null then started_at
                else occurred_at
            end
        ) as stay_us
    from begun
    window journey as (partition by journey_id order by event_index)

),

journeys as (

    select
        stays.journey_id,
        stays.stage,
        any_value(stays.is_open) as is_open,
        bool_or(stays.is_open and stays.is_last) as has_open_stay,
        sum(stays.stay_us) as stay_us,
        min(stays.event_index) as entered_index,
        any_value(stays.stage_index) as stage_index
    from stays
    group by stays.journey_id, stays.stage

),

went_on as (

    select distinct
        journeys.journey_id
    from journeys
    inner join steps
        on
            journeys.journey_id = steps.journey_id
            and journeys.entered_index < steps.event_index
            and journeys.stage_index < steps.stage_index
    where journeys.stage = $stage

),

per_journey as (

    select
        count(*) as journeys,
        cast(sum(stay_us) filter (where not has_open_stay) as bigint)
        / nullif(count(*) filter (where not has_open_stay), 0) / 1000000
            as mean_seconds,
        quantile_disc(stay_us, 0.5) filter (where not has_open_stay) / 1000000
            as p50_seconds,
        quantile_disc(stay_us, 0.9) filter (where not has_open_stay) / 1000000
            as p90_seconds,
        count(*) filter (where not is_open) as settled,
        count(*) filter (
            where
            not is_open
            and journey_id not in (select went_on.journey_id from went_on)
        ) as stuck
    from journeys
    where stage = $stage

),

following as (

    select count(*) as stays
    from stays
    where stage = $stage and next_stage is not null
    group by next_stage
    order by stays desc
    limit 1

),

whole as (
    select cast(sum(stay_us) as bigint) as stay_us
    from stays
),

sizes as (
    select count(*) as events
    from steps
    where stage = $stage
)

select
    any_value(per_journey.journeys) as journeys,
    count(distinct stays.customer_id) as customers,
    count(*) as visits,
    any_value(sizes.events) as events,
    count(*) filter (where not (stays.is_last and stays.is_open)) as closed_stays,
    count(*) filter (where stays.is_last and stays.is_open) as open_stays,
    count(*) filter (where stays.is_last and not stays.is_open) as ended_stays,
    cast(sum(stays.stay_us) as bigint) / 1000000 as total_seconds,
    cast(sum(stays.stay_us) as bigint) / nullif(any_value(whole.stay_us), 0)
        as time_share,
    any_value(per_journey.mean_seconds) as mean_seconds,
    any_value(per_journey.p50_seconds) as p50_seconds,
    any_value(per_journey.p90_seconds) as p90_seconds,
    any_value(following.stays)
    / nullif(count(*) filter (where not (stays.is_last and stays.is_open)), 0)
        as next_stage_rate,
    any_value(per_journey.settled) as settled,
    any_value(per_journey.stuck) as stuck,
    case
        when $stage <> '(none)'
            then
                any_value(per_journey.stuck)
                / nullif(any_value(per_journey.settled), 0)
    end as stuck_rate
from stays
cross join per_journey
cross join whole
cross join sizes
left join following on true
where stays.stage = $stage
