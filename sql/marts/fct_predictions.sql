-- What is expected of each journey in progress within the horizon. Null, with a reason,
-- where too few journeys of the past are settled; empty without [prediction].
-- key: journey_id
--
-- journey_id                      the journey
-- customer_id                     the customer
-- persona                         persona of the customer
-- started_at                      first event, UTC
-- steps                           steps so far
-- last_activity                   the last of them
-- silence_seconds                 time since the last event
-- horizon_at                      up to when is predicted, UTC
-- converted_probability           that the journey is converted by then
-- exited_probability              that it has ended by an exit
-- abandoned_probability           that it is abandoned
-- in_progress_probability         that it is in progress still; the four sum to 1
-- outcome_basis                   what tells it: the model if fct_prediction_quality
--                                 says that it beats all baselines; else the best one
-- next_activity                   likeliest next activity; `$none` if none is likeliest
-- next_activity_probability       how probable it is
-- next_activities                 the five likeliest, `$other` for all that are rare
-- next_activity_basis             what tells them
-- expected_seconds_to_conversion  if it is converted by then, the time to it
-- time_basis                      what tells it
-- reason                          why nothing is told; null if something is

with open_journeys as (

    select
        int_prefixes.*,
        int_prefixes.path[-1] as last_code
    from int_prefixes
    where int_prefixes.moment_index = 0

),

likely as (

    select
        py_predictions.journey_code,
        unnest(py_predictions.next_codes) as activity_code,
        unnest(py_predictions.next_probabilities) as probability,
        unnest(range(1, len(py_predictions.next_codes) + 1)) as place
    from py_predictions

),

named as (

    select
        likely.journey_code,
        list(
            {
                'activity': case likely.activity_code
                    when 0 then '$none' when -1 then '$other'
                    else int_activities.activity
                end,
                'probability': likely.probability
            } order by likely.place
        ) as next_activities
    from likely
    left join int_activities on likely.activity_code = int_activities.activity_code
    group by likely.journey_code

)

select
    int_journeys.journey_id,
    int_customers.customer_id,
    int_personas.persona,
    int_journeys.started_at,
    len(open_journeys.path) as steps,
    int_activities.activity as last_activity,
    open_journeys.silence_us / 1000000 as silence_seconds,
    make_timestamptz(open_journeys.until_us) as horizon_at,
    py_predictions.probabilities[1] as converted_probability,
    py_predictions.probabilities[2] as exited_probability,
    py_predictions.probabilities[3] as abandoned_probability,
    py_predictions.probabilities[4] as in_progress_probability,
    py_predictions.outcome_basis,
    named.next_activities[1].activity as next_activity,
    named.next_activities[1].probability as next_activity_probability,
    named.next_activities,
    py_predictions.next_basis as next_activity_basis,
    py_predictions.conversion_us / 1000000 as expected_seconds_to_conversion,
    py_predictions.time_basis,
    case
        when py_predictions.journey_code is null
            then 'too few journeys are settled to learn and to judge by'
    end as reason
from open_journeys
inner join int_journeys on open_journeys.journey_code = int_journeys.journey_code
inner join int_customers on int_journeys.customer_code = int_customers.customer_code
inner join int_personas on int_journeys.customer_code = int_personas.customer_code
inner join int_activities on open_journeys.last_code = int_activities.activity_code
left join py_predictions on open_journeys.journey_code = py_predictions.journey_code
left join named on open_journeys.journey_code = named.journey_code
order by int_journeys.journey_id
