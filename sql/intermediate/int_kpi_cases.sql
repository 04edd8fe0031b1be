-- What metrics count, but the units of funnels: journeys, attempts, answers, days and
-- months of customers, each when it counts.
-- key: metric_index, customer_code, place
--
-- family         family of the metric, as a literal: the other families are not read
-- metric_index   position of the metric in cfg_metrics
-- customer_code  number of the customer
-- place          what is counted: a journey, an event, a month, or a day
-- slice_set      combination of values that slices it
-- moment_us      when it counts, in microseconds since 1970
-- x              its weight; 0 if it does not count
-- y              what is measured, in the metric's own small unit
-- waiting        1 if it is not known yet whether it counts, or how

with customers as (

    select
        unit_code as customer_code,
        slice_set
    from int_unit_slices
    where unit = 'customer'

),

journeys as (

    select
        int_journeys.*,
        int_unit_slices.slice_set
    from int_journeys
    inner join int_unit_slices
        on
            int_unit_slices.unit = 'journey'
            and int_journeys.journey_code = int_unit_slices.unit_code
    where int_journeys.journey_kind = 'main'

),

begun as (

    select
        cfg_metrics.metric_index,
        journeys.customer_code,
        journeys.journey_code as place,
        journeys.slice_set,
        epoch_us(journeys.started_at) as moment_us,
        cfg_metrics.subject = 'count' or journeys.outcome <> 'in_progress' as is_known,
        cfg_metrics.subject = 'count' or journeys.outcome = 'converted' as is_counted
    from cfg_metrics
    cross join journeys
    where
        cfg_metrics.family = 'journeys'
        and cfg_metrics.subject in ('count', 'conversion')

),

ended as (

    select
        cfg_metrics.metric_index,
        journeys.customer_code,
        journeys.journey_code as place,
        journeys.slice_set,
        epoch_us(journeys.ended_at) as moment_us,
        case cfg_metrics.subject
            when 'duration' then journeys.duration_us
            when 'value'
                then cast(coalesce(journeys.goal_amount, 0) * 10000 as bigint)
            else 1
        end as y
    from cfg_metrics
    cross join journeys
    where
        cfg_metrics.family = 'journeys'
        and cfg_metrics.subject in ('duration', 'conversions', 'value')
        and journeys.outcome = 'converted'
        and journeys.ended_at is not null

),

tried as (

    select
        cfg_metrics.metric_index,
        int_attempts.customer_code,
        int_attempts.opened_event as place,
        int_attempts.opened_us as moment_us,
        int_attempts.cause
    from cfg_metrics
    inner join int_attempts on cfg_metrics.subject = int_attempts.attempt_kind
    where cfg_metrics.family = 'attempts'

),

months as (

    select
        cfg_metrics.metric_index,
        int_spell_months.customer_code,
        int_periods.period_index,
        int_spell_months.slice_set,
        int_periods.started_us as moment_us,
        int_kpi_periods.is_settled as is_known,
        int_spell_months.last_index = int_periods.period_index
        and int_spell_months.is_known as is_counted
    from cfg_metrics
    cross join int_spell_months
    inner join int_periods
        on
            int_spell_months.first_index <= int_periods.period_index
            and int_spell_months.last_index >= int_periods.period_index
    inner join int_kpi_periods
        on
            int_periods.period = int_kpi_periods.first_day
            and int_kpi_periods.period_kind = 'month'
    where cfg_metrics.family = 'churn'

),

born as (

    select
        cfg_metrics.metric_index,
        int_births.customer_code,
        int_births.slice_set,
        int_births.birth_us as moment_us,
        int_births.periods > cfg_metrics.position as is_known,
        int_active_periods.customer_code is not null as is_counted
    from cfg_metrics
    cross join int_births
    left join int_active_periods
        on
            int_births.customer_code = int_active_periods.customer_code
            and cfg_metrics.position = int_active_periods.period_index
    where cfg_metrics.family = 'retention'

),

seen as (

    -- Once per quarter of an hour, in which no clock of the world begins a day.
    select
        cfg_metrics.metric_index,
        int_event_log.customer_code,
        int_event_log.occurred_us // 900000000 as place,
        min(int_event_log.occurred_us) as moment_us,
        max(cast(int_event_log.source_system = 'support' as integer)) as y
    from cfg_metrics
    cross join int_event_log
    where cfg_metrics.family = 'support' and int_event_log.is_customer
    group by
        cfg_metrics.metric_index,
        int_event_log.customer_code,
        int_event_log.occurred_us // 900000000

),

answers as (

    select
        cfg_metrics.metric_index,
        int_feedback.customer_code,
        int_feedback.event_number as place,
        int_feedback_told.occurred_us as moment_us,
        cfg_metrics.family,
        cfg_metrics.subject,
        int_feedback.emotion_ppm,
        int_feedback.is_top_box,
        py_text_sentiment.sentiment_ppm
    from int_feedback
    inner join int_feedback_told
        on int_feedback.event_number = int_feedback_told.event_number
    left join py_text_sentiment
        on int_feedback.event_number = py_text_sentiment.event_number
    inner join cfg_metrics
        on
            case cfg_metrics.family
                when 'answers'
                    then
                        int_feedback.kind = cfg_metrics.subject
                        and int_feedback.emotion_ppm is not null
                when 'emotion'
                    then
                        cfg_metrics.subject in ('', int_feedback.stage)
                        and coalesce(
                            int_feedback.emotion_ppm, py_text_sentiment.sentiment_ppm
                        ) is not null
            end
    where int_feedback.is_answer and int_feedback.is_solicited

)

select
    'journeys' as family,
    metric_index,
    customer_code,
    place,
    slice_set,
    moment_us,
    cast(is_known as integer) as x,
    cast(is_known and is_counted as integer) as y,
    cast(not is_known as integer) as waiting
from begun
union all
select
    'journeys' as family,
    metric_index,
    customer_code,
    place,
    slice_set,
    moment_us,
    1 as x,
    y,
    0 as waiting
from ended
union all
select
    'churn' as family,
    metric_index,
    customer_code,
    period_index as place,
    slice_set,
    moment_us,
    cast(is_known as integer) as x,
    cast(is_known and is_counted as integer) as y,
    cast(not is_known as integer) as waiting
from months
union all
select
    'retention' as family,
    metric_index,
    customer_code,
    0 as place,
    slice_set,
    moment_us,
    cast(is_known as integer) as x,
    cast(is_known and is_counted as integer) as y,
    cast(not is_known as integer) as waiting
from born
union all
select
    'attempts' as family,
    tried.metric_index,
    tried.customer_code,
    tried.place,
    customers.slice_set,
    tried.moment_us,
    cast(tried.cause <> 'in_progress' as integer) as x,
    cast(tried.cause not in ('converted', 'in_progress') as integer) as y,
    cast(tried.cause = 'in_progress' as integer) as waiting
from tried
inner join customers on tried.customer_code = customers.customer_code
union all
select
    'support' as family,
    seen.metric_index,
    seen.customer_code,
    seen.place,
    customers.slice_set,
    seen.moment_us,
    1 as x,
    seen.y,
    0 as waiting
from seen
inner join customers on seen.customer_code = customers.customer_code
union all
select
    'answers' as family,
    answers.metric_index,
    answers.customer_code,
    answers.place,
    customers.slice_set,
    answers.moment_us,
    1 as x,
    case answers.subject
        when 'csat' then cast(answers.is_top_box as integer)
        when 'ces' then cast(answers.emotion_ppm > 0 as integer)
        else answers.emotion_ppm
    end as y,
    0 as waiting
from answers
inner join customers on answers.customer_code = customers.customer_code
where answers.family = 'answers'
union all
select
    'emotion' as family,
    answers.metric_index,
    answers.customer_code,
    answers.place,
    customers.slice_set,
    answers.moment_us,
    if(answers.emotion_ppm is null, 7, 20) as x,
    coalesce(20 * answers.emotion_ppm, 7 * answers.sentiment_ppm) as y,
    0 as waiting
from answers
inner join customers on answers.customer_code = customers.customer_code
where answers.family = 'emotion'
