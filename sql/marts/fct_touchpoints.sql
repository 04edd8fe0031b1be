-- Touchpoints per slice of journeys, aftermath included: activities on their channels,
-- or what a rule of the project calls so.
-- key: persona, segment, segment_value, touchpoint, stage_index, actor
--
-- persona        `all`, or the persona
-- segment        `all`, or the segment
-- segment_value  `all`, or its value
-- touchpoint     as fct_events names it: by the rule, else activity and channel
-- stage          by the rule, else of the activity; null if neither names one
-- stage_index    position of the stage, from 1; 0 if there is none
-- activity       what happened; null if a rule calls several activities so
-- channel        where; null if a rule calls several channels so
-- actor          customer or company
-- rule_index     place in the project file of the first rule that names touchpoint or
--                stage; 0 if none does
-- events         how often
-- journeys       journeys with it
-- customers      customers with it

with met as (

    select distinct
        activity_code,
        channel,
        rule_code,
        stage_index
    from int_steps

),

named as (

    select
        met.*,
        int_activities.activity,
        touchpoint_name(cfg_rules.touchpoint, int_activities.activity, met.channel)
            as touchpoint
    from met
    inner join int_activities on met.activity_code = int_activities.activity_code
    left join cfg_rules on met.rule_code = cfg_rules.rule_index

),

coded as (

    select
        *,
        dense_rank() over (order by touchpoint, stage_index) as touchpoint_code
    from named

),

touchpoints as (

    select
        touchpoint_code,
        min(touchpoint) as touchpoint,
        min(stage_index) as stage_index,
        case when min(activity) = max(activity) then min(activity) end as activity,
        case when min(channel) = max(channel) then min(channel) end as channel,
        min(rule_code) as rule_index
    from coded
    group by touchpoint_code

),

stages as (

    select distinct
        stage_index,
        stage
    from cfg_stages

),

per_journey as (

    select
        int_steps.journey_code,
        coded.touchpoint_code,
        int_steps.is_customer,
        any_value(int_steps.slice_set) as slice_set,
        any_value(int_steps.customer_code) as customer_code,
        count(*) as events
    from int_steps
    inner join coded
        on
            int_steps.activity_code = coded.activity_code
            and int_steps.channel = coded.channel
            and int_steps.rule_code = coded.rule_code
            and int_steps.stage_index = coded.stage_index
    group by int_steps.journey_code, coded.touchpoint_code, int_steps.is_customer

),

per_slice as (

    select
        int_slices.slice_code,
        per_journey.touchpoint_code,
        per_journey.is_customer,
        sum(per_journey.events) as events,
        count(*) as journeys,
        count(distinct per_journey.customer_code) as customers
    from per_journey
    inner join int_slices on per_journey.slice_set = int_slices.slice_set
    where int_slices.persona <> 'all'
    group by
        int_slices.slice_code, per_journey.touchpoint_code, per_journey.is_customer

),

slices as (

    -- A customer has one persona, so `all` is the sum over personas.
    select distinct
        slice_code,
        unnest(['all', persona]) as persona,
        segment,
        segment_value
    from int_slices
    where persona <> 'all'

)

select
    slices.persona,
    slices.segment,
    slices.segment_value,
    touchpoints.touchpoint,
    stages.stage,
    touchpoints.stage_index,
    touchpoints.activity,
    touchpoints.channel,
    case when per_slice.is_customer then 'customer' else 'company' end as actor,
    touchpoints.rule_index,
    cast(sum(per_slice.events) as bigint) as events,
    cast(sum(per_slice.journeys) as bigint) as journeys,
    cast(sum(per_slice.customers) as bigint) as customers
from per_slice
inner join slices on per_slice.slice_code = slices.slice_code
inner join touchpoints on per_slice.touchpoint_code = touchpoints.touchpoint_code
left join stages on touchpoints.stage_index = stages.stage_index
group by all
order by
    slices.persona asc,
    slices.segment asc,
    slices.segment_value asc,
    events desc,
    touchpoints.touchpoint asc,
    touchpoints.stage_index asc,
    actor asc
