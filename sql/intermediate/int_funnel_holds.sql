-- What a funnel holds constant, of the events of its steps. An event that lacks a part
-- of it is missing: it chains with no other.
-- key: funnel_index, event_number
--
-- funnel_index  number of the funnel
-- event_number  event in the log
-- hold_code     number of the values, the same where all are

with held as (

    -- The values of one event, as one text that no other values have.
    select
        cfg_funnels.funnel_index,
        int_event_log.event_number,
        to_json(
            list(
                attribute_value(int_event_log.attributes, cfg_funnel_holds.attribute)
                order by cfg_funnel_holds.hold_index
            )
        ) as held_values
    from cfg_funnel_holds
    inner join cfg_funnels on cfg_funnel_holds.funnel = cfg_funnels.funnel
    inner join int_funnel_roles
        on
            cfg_funnels.funnel_index = int_funnel_roles.funnel_index
            and int_funnel_roles.steps > 0
    inner join int_event_log
        on int_funnel_roles.activity_code = int_event_log.activity_code
    group by cfg_funnels.funnel_index, int_event_log.event_number
    having
        count(attribute_value(int_event_log.attributes, cfg_funnel_holds.attribute))
        = count(*)

)

select
    funnel_index,
    event_number,
    dense_rank() over (order by held_values) as hold_code
from held
