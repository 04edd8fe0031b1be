-- Events in journeys of which no rule says anything and that belong to no stage; empty
-- if the project has neither rules nor stages.
-- key: activity, channel
--
-- activity  what happened
-- channel   where
-- events    how often
-- share     of all events in journeys

with counted as (

    select
        activity_code,
        channel,
        rule_code,
        count(*) as events,
        sum(count(*)) over () as all_events
    from int_event_log
    group by activity_code, channel, rule_code

)

select
    int_activities.activity,
    counted.channel,
    counted.events,
    counted.events / nullif(counted.all_events, 0) as share
from counted
inner join int_activities on counted.activity_code = int_activities.activity_code
where
    counted.rule_code = 0
    and int_activities.stage is null
    and (
        exists (select cfg_stages.stage from cfg_stages)
        or exists (select cfg_rules.rule_code from cfg_rules)
    )
order by counted.events desc, int_activities.activity asc, counted.channel asc
