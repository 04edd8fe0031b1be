-- Framed records that staging quarantines: one row per record, with its reason.
-- key: sha256, record_index
--
-- source        name of the source
-- sha256        content that the record stands in
-- record_index  position of the record in that content, from 1
-- reason        why; holds no values

select
    source,
    sha256,
    record_index,
    min(reason) as reason
from stg_events
where reason is not null
group by source, sha256, record_index
