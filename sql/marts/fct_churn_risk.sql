-- How probable it is of each customer that it has left: that its silence goes on until
-- the churn horizon is over. Empty without `risk` in [churn].
-- key: customer_id
--
-- customer_id         the customer
-- persona             persona of the customer
-- is_open             whether it is not known yet: the horizon is not over since the
--                     last activity
-- last_active_at      last event of its own, UTC
-- known_at            when it is known at the latest, UTC
-- risk                probability that nothing more comes before known_at; null with a
--                     reason
-- risk_decile         tenth of the open customers by risk, from 1 (the least); those
--                     with the same risk share one
-- reason_1            what sets its risk apart most from that of the mean customer
-- contribution_1      what that adds to the log-odds; above 0 it raises the risk
-- reason_2            the second reason
-- contribution_2      what it adds
-- reason_3            the third reason
-- contribution_3      what it adds
-- other_contribution  what all other reasons add
-- mean_log_odds       mean log-odds of the open customers: with the contributions,
--                     the log-odds of `risk`
-- no_risk_reason      why no risk is told; null if it is

with spells as (

    select
        int_spells.customer_code,
        max(int_spells.last_active_us) as last_active_us
    from int_spells
    cross join cfg_churn_risk
    group by int_spells.customer_code

),

telling as (

    select
        py_churn_risk.customer_code,
        unnest(py_churn_risk.reasons) as reason,
        unnest(py_churn_risk.contributions) as contribution,
        unnest(range(1, len(py_churn_risk.reasons) + 1)) as place
    from py_churn_risk

),

said as (

    -- Whole numbers, as people say them.
    select
        telling.place,
        telling.contribution,
        telling.reason,
        int_churn_states.*,
        whole_days(int_churn_states.silence_us) as silence_days,
        whole_days(
            int_churn_states.spell_us / nullif(int_churn_states.spell_days - 1, 0)
        ) as gap_days,
        whole_days(int_churn_states.tenure_us) as tenure_days,
        whole_days(int_churn_states.conversion_us) as conversion_days,
        greatest($churn_horizon_us // 86400000000, 1) as horizon_days
    from telling
    inner join int_churn_states
        on
            telling.customer_code = int_churn_states.customer_code
            and int_churn_states.moment_index = 0

),

worded as (

    select
        customer_code,
        place,
        contribution,
        case reason
            when 'silence'
                then
                    'last active ' || ago(silence_days) || case
                        when spell_days = 1 then '; on one day only'
                        else '; usually every ' || counted(greatest(gap_days, 1), 'day')
                    end
            when 'activity'
                then
                    'active on ' || counted(recent_days, 'day') || ' of the last '
                    || horizon_days || ', on ' || counted(former_days, 'day')
                    || ' of the ' || horizon_days || ' before'
            when 'tenure'
                then
                    'first seen ' || ago(tenure_days) || '; active on '
                    || counted(active_days, 'day') || ' since'
            when 'conversions'
                then
                    case
                        when conversions = 0 then 'no conversion yet'
                        else
                            counted(conversions, 'conversion') || ', the last '
                            || ago(conversion_days)
                    end
            when 'support'
                then
                    counted(recent_support, 'event') || ' with support in the last '
                    || counted(horizon_days, 'day')
            when 'exits'
                then
                    counted(recent_exits, 'exit') || ' in the last '
                    || counted(horizon_days, 'day')
            when 'messages'
                then
                    counted(recent_messages, 'event') || ' of the company in the last '
                    || counted(horizon_days, 'day')
            when 'returns'
                then
                    case
                        when returns = 0 then 'has never left before'
                        else 'has left and come back ' || counted(returns, 'time')
                    end
        end as words
    from said

),

reasons as (

    select
        customer_code,
        max(words) filter (where place = 1) as reason_1,
        max(contribution) filter (where place = 1) as contribution_1,
        max(words) filter (where place = 2) as reason_2,
        max(contribution) filter (where place = 2) as contribution_2,
        max(words) filter (where place = 3) as reason_3,
        max(contribution) filter (where place = 3) as contribution_3
    from worded
    group by customer_code

),

ranked as (

    select
        *,
        (rank() over (order by risk) - 1) * 10 // count(*) over () + 1 as risk_decile
    from py_churn_risk

),

claims as (

    select reason
    from py_churn_trials
    where basis = 'model' and bin = 0

)

select
    int_customers.customer_id,
    int_personas.persona,
    spells.last_active_us + $churn_horizon_us > $as_of_us as is_open,
    make_timestamptz(spells.last_active_us) as last_active_at,
    make_timestamptz(spells.last_active_us + $churn_horizon_us) as known_at,
    ranked.risk,
    ranked.risk_decile,
    reasons.reason_1,
    reasons.contribution_1,
    reasons.reason_2,
    reasons.contribution_2,
    reasons.reason_3,
    reasons.contribution_3,
    ranked.other_contribution,
    ranked.mean_log_odds,
    case
        when spells.last_active_us + $churn_horizon_us <= $as_of_us
            then 'it has left: the horizon is over'
        else claims.reason
    end as no_risk_reason
from spells
inner join int_customers on spells.customer_code = int_customers.customer_code
inner join int_personas on spells.customer_code = int_personas.customer_code
left join ranked on spells.customer_code = ranked.customer_code
left join reasons on spells.customer_code = reasons.customer_code
cross join claims
order by int_customers.customer_id
