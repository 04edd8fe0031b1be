-- Events of the session: rows of fct_events.
-- key: session_id
--
-- events            rows
-- channel_switches  rows on another channel than the one before

with own as (

    select channel <> lag(channel) over (order by event_index) as is_switch
    from fct_events
    where session_id = $session_id

)

select
    count(*) as events,
    count(*) filter (where is_switch) as channel_switches
from own
