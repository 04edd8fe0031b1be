-- How long customers stay, per slice and 30 days since a spell began. Spells are
-- watched up to the churn horizon before the watermark: of that time it is known who
-- was there.
-- key: persona, segment, segment_value, period_index
--
-- persona        `all`, or the persona
-- segment        `all`, or the segment
-- segment_value  `all`, or its value
-- period_index   periods of 30 days since the spell began, from 0
-- at_risk        spells that were open when the period began, and watched to its end
-- churned        of those, last active in the period
-- hazard         churned / at_risk
-- hazard_low     its 95 % Wilson interval
-- hazard_high    its 95 % Wilson interval
-- survival       share of spells that last beyond the period (Kaplan and Meier 1958)
-- survival_low   its 95 % interval, over customers
-- survival_high  its 95 % interval, over customers

with counted as (

    select
        *,
        ended - coalesce(
            lag(ended) over (
                partition by persona, segment, segment_value order by time_us
            ),
            0
        ) as churned
    from py_churn_survival

)

select
    persona,
    segment,
    segment_value,
    time_us - 1 as period_index,
    at_risk,
    churned,
    churned / nullif(at_risk, 0) as hazard,
    wilson_low(churned, at_risk) as hazard_low,
    wilson_high(churned, at_risk) as hazard_high,
    1 - incidence as survival,
    1 - incidence_high as survival_low,
    1 - incidence_low as survival_high
from counted
where at_risk > 0
order by persona, segment, segment_value, period_index
