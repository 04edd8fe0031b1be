-- Moments at which a customer's spell was open: what the risk to churn is learned from.
-- They lie a quarter of the churn horizon apart, back from the last moment of which it
-- is known at $as_of who left. Empty without `risk` in [churn].
-- key: customer_code, moment_index
--
-- customer_code  number of the customer
-- moment_index   0 is now, for what is told; from 1, the latest first
-- moment_us      the moment, in microseconds since 1970
-- until_us       one horizon later: by then it is known who left
-- spell_index    the spell that was open
-- started_us     its first event
-- is_lost        whether nothing came after the moment before the horizon had passed
--                since the last event; null for now

with settings as (

    select
        states,
        moments,
        $as_of_us - $churn_horizon_us as last_moment_us,
        greatest($churn_horizon_us // 4, 1) as quarter_us
    from cfg_churn_risk

),

spans as (

    -- Open from its first event until the horizon has passed since its last one.
    select
        int_spells.*,
        settings.*,
        int_spells.last_active_us + $churn_horizon_us as over_us,
        (settings.last_moment_us - int_spells.started_us) // settings.quarter_us
            as first_quarter
    from int_spells
    cross join settings

),

quarters as (

    select
        *,
        unnest(
            range(
                case
                    when over_us > last_moment_us then 0
                    else (last_moment_us - over_us) // quarter_us + 1
                end,
                least(first_quarter + 1, moments)
            )
        ) as quarter
    from spans
    where started_us <= last_moment_us

),

past as (

    select
        customer_code,
        spell_index,
        started_us,
        last_active_us,
        quarter + 1 as moment_index,
        last_moment_us - quarter * quarter_us as moment_us,
        states
    from quarters

),

chosen as (

    -- Whole customers, in an order that says nothing of them, up to the number asked.
    select
        counted.customer_code,
        sum(counted.moments) over (
            order by md5(int_customers.customer_id), counted.customer_code
            rows between unbounded preceding and current row
        ) as so_far
    from (
        select
            customer_code,
            count(*) as moments
        from past
        group by customer_code
    ) as counted
    inner join int_customers on counted.customer_code = int_customers.customer_code

)

select
    past.customer_code,
    past.moment_index,
    past.moment_us,
    past.moment_us + $churn_horizon_us as until_us,
    past.spell_index,
    past.started_us,
    past.last_active_us <= past.moment_us as is_lost
from past
inner join chosen on past.customer_code = chosen.customer_code
where chosen.so_far <= past.states
union all
select
    customer_code,
    0 as moment_index,
    $as_of_us as moment_us,
    $as_of_us + $churn_horizon_us as until_us,
    spell_index,
    started_us,
    cast(null as boolean) as is_lost
from spans
where over_us > $as_of_us
