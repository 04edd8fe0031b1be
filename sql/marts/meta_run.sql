-- What the figures depend on.
-- key: name
--
-- name   of the setting or moment
-- value  as text

select
    name,
    value
from py_run
order by name
