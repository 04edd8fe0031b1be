-- On which channel do needs begin, do they stay there, and do they end well?
-- Look at: `containment_rate`, whose need was met without changing channels, and
-- `conversion_rate`. A channel that many leave may still be the right first one.
-- key: channel
--
-- channel             where the first step of the customer's own was
-- settled             journeys that are over
-- containment_rate    of those, that never left the channel
-- left_and_came_back  of those, that left and ended there
-- ended_elsewhere     of those, that ended on another channel
-- converted           of those, converted
-- conversion_rate     converted / settled
-- conversion_low      its 95 % Wilson interval
-- conversion_high     its 95 % Wilson interval

select
    channel,
    settled,
    containment_rate,
    left_and_came_back,
    ended_elsewhere,
    converted,
    converted / nullif(settled, 0) as conversion_rate,
    wilson_low(converted, settled) as conversion_low,
    wilson_high(converted, settled) as conversion_high
from fct_channels
where persona = 'all' and segment = 'all'
order by settled desc, channel asc
