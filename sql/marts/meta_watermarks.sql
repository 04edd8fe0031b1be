-- One row per source: up to when its data is complete.
-- key: source
--
-- source          name in the project file
-- complete_until  up to when it is complete, UTC; its last event where none is declared
-- is_assumed      whether that is only assumed
-- last_at         last event, UTC; null if there is none

select
    source,
    complete_until,
    is_assumed,
    last_at
from py_watermarks
order by source
