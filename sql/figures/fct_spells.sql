-- The spell itself.
-- key: customer_id, spell_index
--
-- duration_seconds  from started_at to last_active_at

select
    (epoch_us(last_active_at) - epoch_us(started_at)) / 1000000 as duration_seconds
from fct_spells
where customer_id = $customer_id and spell_index = $spell_index
