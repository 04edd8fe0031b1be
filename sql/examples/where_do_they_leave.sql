-- Where do customers leave the funnels, and what does each step cost?
-- Look at: `share_of_lost`, which step loses the most of those who enter, beside
-- `drop_rate`, how hard the step is for those who come to it. `in_progress` are not
-- lost.
-- key: funnel, step_index
--
-- funnel           name in the project file
-- step_index       the step they leave after
-- step             what they did last
-- next_step        what they do not come to
-- reached          who came to the step
-- in_progress      of those, who still have time to go on
-- dropped          of those, who went no further
-- drop_rate        of those whose time is over, who went no further
-- drop_rate_low    its 95 % interval
-- drop_rate_high   its 95 % interval
-- share_of_lost    of all who are lost anywhere in the funnel
-- fell_silent      of the dropped, who did nothing more within the window
-- went_to_support  of the dropped, who turned to support within it

select
    funnel,
    step_index,
    step,
    next_step,
    reached,
    in_progress,
    dropped,
    drop_rate,
    drop_rate_low,
    drop_rate_high,
    dropped / nullif(cast(sum(dropped) over (partition by funnel) as bigint), 0)
        as share_of_lost,
    fell_silent,
    went_to_support
from fct_drop_offs
where period = 'all' and persona = 'all' and segment = 'all'
order by funnel, step_index
