-- Where the events of a source went: `accepted` = the sum of the other rules.
-- key: source, rule
--
-- source  name in the project file
-- rule    accepted; in_journeys; or the rule that left events out
-- events  events

with known as (

    select
        source,
        coalesce(rule, 'in_journeys') as rule,
        count(*) as events
    from int_events
    group by all

),

accepted as (

    select
        source,
        'accepted' as rule,
        count(*) as events
    from int_events
    group by source

)

select
    source,
    rule,
    events
from known
union all
select
    source,
    rule,
    events
from accepted
order by source, rule
