-- One row per switch of channels: a step of the customer's own on another channel than
-- the one before of the customer's own.
-- key: event_number
--
-- event_number        event that is the first on the other channel
-- journey_code        number of the journey
-- customer_code       number of the journey's customer
-- slice_set           combination of values that slices the journey
-- from_channel        channel of the customer's step before
-- to_channel          channel of this one
-- activity_code       step directly before, the company's included
-- next_activity_code  what the customer did on the other channel
-- wait_us             time between these two, in microseconds

select
    switched.event_number,
    switched.journey_code,
    switched.customer_code,
    switched.slice_set,
    switched.channel_before as from_channel,
    switched.channel as to_channel,
    earlier.activity_code,
    switched.activity_code as next_activity_code,
    earlier.wait_us
from int_steps as switched
inner join int_steps as earlier
    on
        switched.journey_code = earlier.journey_code
        and switched.step_position = earlier.step_position + 1
where switched.is_switch
