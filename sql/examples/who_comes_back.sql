-- How many customers does each persona lose a month, and how many come back?
-- Look at: `churn_rate` only of those `settled`, whose silence is long enough to tell;
-- `returned`, who of the new customers is active in the second period of their own.
-- key: persona
--
-- persona          `all`, or the persona
-- persona_name     what sets it apart
-- at_risk          customers at the start of a month, all months together
-- settled          of those, in months of which all is known
-- churn_rate       of those, who left in the month
-- churn_rate_low   its 95 % interval
-- churn_rate_high  its 95 % interval
-- resurrected      former customers who came back
-- born             new customers whose second period is over
-- returned         of those, who were active in it
-- returned_low     its 95 % Wilson interval
-- returned_high    its 95 % Wilson interval

select
    fct_churn.persona,
    coalesce(dim_personas.persona_name, 'everybody') as persona_name,
    fct_churn.at_risk,
    fct_churn.settled,
    fct_churn.churn_rate,
    fct_churn.churn_rate_low,
    fct_churn.churn_rate_high,
    fct_churn.resurrected,
    fct_retention_curve.customers as born,
    fct_retention_curve.retention_rate as returned,
    fct_retention_curve.retention_rate_low as returned_low,
    fct_retention_curve.retention_rate_high as returned_high
from fct_churn
left join dim_personas on fct_churn.persona = dim_personas.persona
left join fct_retention_curve
    on
        fct_churn.persona = fct_retention_curve.persona
        and fct_retention_curve.segment = 'all'
        and fct_retention_curve.period_index = 1
where fct_churn.period = 'all' and fct_churn.segment = 'all'
order by fct_churn.persona
