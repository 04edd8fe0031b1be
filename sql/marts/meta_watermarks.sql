-- One row per source: up to when its data is complete, and whether it fell silent.
-- key: source
--
-- source                 name in the project file
-- complete_until         up to when it is complete, UTC; its last event where none is
--                        declared
-- is_assumed             whether that is only assumed
-- last_at                last event, UTC; null if there is none
-- silent_since           last event up to the watermark of the run, UTC; null if none
-- silence_seconds        from then to the watermark of the run
-- usual_silence_seconds  longest silence before, from one day (UTC) with events to the
--                        next; null if fewer than three days have any
-- is_stopped             whether it is silent for over a day, and over twice as long as
--                        ever before

select
    source,
    complete_until,
    is_assumed,
    last_at,
    silent_since,
    silence_seconds,
    usual_silence_seconds,
    is_stopped
from py_watermarks
order by source
