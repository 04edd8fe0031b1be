-- Touchpoints per slice of journeys: activities on their channels, aftermath included.
-- key: persona, segment, segment_value, activity, channel, actor, rule_index
--
-- persona        `all`, or the persona
-- segment        `all`, or the segment
-- segment_value  `all`, or its value
-- activity       what happened
-- channel        where
-- actor          customer or company
-- rule_index     place in the project file of the rule that names touchpoint or stage;
--                0 if none does
-- touchpoint     as fct_events names it: by the rule, else activity and channel
-- stage          by the rule, else of the activity; null if neither names one
-- events         how often
-- journeys       journeys with it
-- customers      customers with it

with per_customer as (

    select
        slice_set,
        customer_code,
        activity_code,
        channel,
        is_customer,
        rule_code,
        count(*) as events,
        count(distinct journey_code) as journeys
    from int_steps
    group by slice_set, customer_code, activity_code, channel, is_customer, rule_code

),

per_persona as (

    -- A customer has one persona, so `all` is the sum over personas.
    select
        int_slices.persona,
        int_slices.segment,
        int_slices.segment_value,
        per_customer.activity_code,
        per_customer.channel,
        per_customer.is_customer,
        per_customer.rule_code,
        sum(per_customer.events) as events,
        sum(per_customer.journeys) as journeys,
        count(distinct per_customer.customer_code) as customers
    from per_customer
    inner join int_slices on per_customer.slice_set = int_slices.slice_set
    where int_slices.persona <> 'all'
    group by all

),

slices as (

    select *
    from per_persona
    union all by name
    select
        * exclude (persona),
        'all' as persona
    from per_persona

)

select
    slices.persona,
    slices.segment,
    slices.segment_value,
    int_activities.activity,
    slices.channel,
    case when slices.is_customer then 'customer' else 'company' end as actor,
    slices.rule_code as rule_index,
    coalesce(
        cfg_rules.touchpoint, int_activities.activity || ' · ' || slices.channel
    ) as touchpoint,
    coalesce(cfg_rules.stage, int_activities.stage) as stage,
    cast(sum(slices.events) as bigint) as events,
    cast(sum(slices.journeys) as bigint) as journeys,
    cast(sum(slices.customers) as bigint) as customers
from slices
inner join int_activities on slices.activity_code = int_activities.activity_code
left join cfg_rules on slices.rule_code = cfg_rules.rule_index
group by all
order by
    slices.persona asc,
    slices.segment asc,
    slices.segment_value asc,
    events desc,
    int_activities.activity asc,
    slices.channel asc,
    actor asc,
    rule_index asc
