-- The stages of the project, in order.
-- key: stage_index
--
-- stage_index  position, from 1
-- stage        name

select distinct
    stage_index,
    stage
from cfg_stages
order by stage_index
