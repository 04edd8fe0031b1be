-- Moments at which journeys of the past were in progress, as those of today are now:
-- what prediction learns from. Moments lie a quarter of the horizon apart, back from
-- $as_of, and a whole horizon before it at least: what came of them is known.
-- key: journey_code, moment_index
--
-- journey_code   number of the journey
-- customer_code  number of its customer
-- moment_index   quarters of the horizon before $as_of; 0 is now, for what is predicted
-- moment_us      the moment, in microseconds since 1970
-- until_us       the end of the horizon from then; not after $as_of, save for now
-- earlier        journeys that the customer had begun before

with settings as (

    select
        prefixes,
        greatest(coalesce(horizon_us, $inactivity_us) // 4, 1) as quarter_us
    from cfg_prediction

),

spans as (

    select
        int_journeys.journey_code,
        int_journeys.customer_code,
        int_journeys.journey_id,
        int_journeys.journey_index - 1 as earlier,
        int_journeys.outcome,
        settings.quarter_us,
        settings.prefixes,
        -- The first moment with a known future, or the last one before its end.
        greatest(
            4,
            ($as_of_us - case
                when int_journeys.outcome in ('converted', 'exited')
                    then epoch_us(int_journeys.ended_at)
                else epoch_us(int_journeys.ended_at) + $inactivity_us
            end) // settings.quarter_us
        ) as last_index,
        ($as_of_us - epoch_us(int_journeys.started_at)) // settings.quarter_us
            as first_index
    from int_journeys
    cross join settings
    where int_journeys.journey_kind = 'main'

),

ranked as (

    -- Whole journeys, in an order that says nothing of them, up to the number asked.
    select
        *,
        sum(first_index - last_index + 1) over (
            order by md5(journey_id), journey_code
            rows between unbounded preceding and current row
        ) as so_far
    from spans
    where first_index >= last_index

),

past as (

    select
        journey_code,
        customer_code,
        earlier,
        quarter_us,
        unnest(range(last_index, first_index + 1)) as moment_index
    from ranked
    where so_far <= prefixes

),

moments as (

    select
        journey_code,
        customer_code,
        earlier,
        quarter_us,
        moment_index
    from past
    union all
    select
        journey_code,
        customer_code,
        earlier,
        quarter_us,
        0 as moment_index
    from spans
    where outcome = 'in_progress'

)

select
    journey_code,
    customer_code,
    moment_index,
    $as_of_us - moment_index * quarter_us as moment_us,
    $as_of_us - moment_index * quarter_us + 4 * quarter_us as until_us,
    earlier
from moments
