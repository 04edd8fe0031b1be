-- Experience per slice of customers: what customers said of the whole, a stage or a
-- touchpoint, asked and unasked apart.
-- key: level, name, is_solicited, persona, segment, segment_value
--
-- level          all, stage or touchpoint
-- name           `all`, or the stage or touchpoint that answers are about
-- is_solicited   whether the company asked
-- persona        `all`, or the persona
-- segment        `all`, or the segment
-- segment_value  `all`, or its value
-- answers        answers with a valid score
-- customers      customers who gave them
-- emotion        mean on -1 to +1, shrunk to the persona's mean with the weight of 10
-- emotion_low    its 95 % interval over customers; null for a single one
-- emotion_high   its 95 % interval over customers
-- sent           surveys sent about it; null where sending is not recorded
-- response_rate  of the surveys sent, those that an answer followed before the next
-- nps_answers    of the answers, to the NPS question
-- nps            % promoters - % detractors
-- nps_low        its 95 % interval over customers
-- nps_high       its 95 % interval over customers
-- csat_answers   of the answers, to a CSAT question
-- csat           share of the top two boxes

with placed as (

    select
        int_feedback.customer_code,
        int_feedback.is_solicited,
        int_feedback.is_answer,
        int_feedback.is_answered,
        int_feedback.kind,
        int_feedback.emotion_ppm,
        int_feedback.is_top_box,
        int_activities.stage,
        int_activities.activity || ' · ' || int_event_log.channel as touchpoint,
        int_unit_slices.slice_set
    from int_feedback
    inner join int_unit_slices
        on
            int_unit_slices.unit = 'customer'
            and int_feedback.customer_code = int_unit_slices.unit_code
    left join int_event_log on int_feedback.about_event = int_event_log.event_number
    left join int_activities
        on int_event_log.activity_code = int_activities.activity_code
    where not int_feedback.is_answer or int_feedback.emotion_ppm is not null

),

levels as (

    select
        * exclude (stage, touchpoint),
        'all' as level,
        'all' as name
    from placed
    union all by name
    select
        * exclude (stage, touchpoint),
        'stage' as level,
        stage as name
    from placed
    where stage is not null
    union all by name
    select
        * exclude (stage, touchpoint),
        'touchpoint' as level,
        touchpoint as name
    from placed
    where touchpoint is not null

),

per_customer as (

    select
        levels.level,
        levels.name,
        levels.is_solicited,
        int_slices.persona,
        int_slices.segment,
        int_slices.segment_value,
        levels.customer_code,
        count(*) filter (where levels.is_answer) as answers,
        count(*) filter (where not levels.is_answer) as sent,
        count(*) filter (where levels.is_answered) as answered,
        coalesce(sum(levels.emotion_ppm), 0) as emotion_ppm,
        count(*) filter (where levels.is_answer and levels.kind = 'nps') as nps_answers,
        coalesce(sum(levels.emotion_ppm) filter (where levels.kind = 'nps'), 0)
            as nps_ppm,
        count(*) filter (where levels.is_answer and levels.kind = 'csat')
            as csat_answers,
        count(*) filter (
            where levels.is_answer and levels.kind = 'csat' and levels.is_top_box
        ) as csat_top
    from levels
    inner join int_slices on levels.slice_set = int_slices.slice_set
    group by all

),

counted as (

    -- Sums of products give the spread between customers in whole numbers.
    select
        level,
        name,
        is_solicited,
        persona,
        segment,
        segment_value,
        cast(sum(answers) as bigint) as answers,
        cast(sum(sent) as bigint) as sent,
        cast(sum(answered) as bigint) as answered,
        count(*) filter (where answers > 0) as customers,
        cast(sum(emotion_ppm) as double) as x,
        cast(sum(cast(emotion_ppm as hugeint) * emotion_ppm) as double) as xx,
        cast(sum(emotion_ppm * answers) as double) as xn,
        cast(sum(answers * answers) as double) as nn,
        cast(sum(nps_answers) as bigint) as nps_answers,
        count(*) filter (where nps_answers > 0) as nps_customers,
        cast(sum(nps_ppm) as double) as p,
        cast(sum(cast(nps_ppm as hugeint) * nps_ppm) as double) as pp,
        cast(sum(nps_ppm * nps_answers) as double) as pn,
        cast(sum(nps_answers * nps_answers) as double) as pnn,
        cast(sum(csat_answers) as bigint) as csat_answers,
        cast(sum(csat_top) as bigint) as csat_top
    from per_customer
    group by level, name, is_solicited, persona, segment, segment_value

),

means as (

    select
        *,
        x / nullif(answers, 0) as mean_ppm,
        p / nullif(nps_answers, 0) as nps_mean_ppm
    from counted

),

persona_means as (

    select
        is_solicited,
        persona,
        mean_ppm
    from means
    where level = 'all' and segment = 'all'

),

estimated as (

    -- Cluster-robust variance of a mean, the customer being the cluster.
    select
        means.*,
        (means.x + 10 * persona_means.mean_ppm) / nullif(means.answers + 10, 0)
        / 1000000 as emotion,
        case
            when means.answers > 0 and means.customers > 1
                then
                    1.959964 * sqrt(
                        greatest(
                            means.xx
                            - 2 * means.mean_ppm * means.xn
                            + means.mean_ppm * means.mean_ppm * means.nn,
                            0
                        ) * means.customers / (means.customers - 1)
                    ) / (means.answers + 10) / 1000000
        end as margin,
        case
            when means.nps_customers > 1
                then
                    1.959964 * sqrt(
                        greatest(
                            means.pp
                            - 2 * means.nps_mean_ppm * means.pn
                            + means.nps_mean_ppm * means.nps_mean_ppm * means.pnn,
                            0
                        ) * means.nps_customers / (means.nps_customers - 1)
                    ) / means.nps_answers / 10000
        end as nps_margin
    from means
    inner join persona_means
        on
            means.is_solicited = persona_means.is_solicited
            and means.persona = persona_means.persona

)

select
    level,
    name,
    is_solicited,
    persona,
    segment,
    segment_value,
    answers,
    customers,
    case when answers > 0 then emotion end as emotion,
    case when margin is not null then greatest(emotion - margin, -1) end
        as emotion_low,
    case when margin is not null then least(emotion + margin, 1) end as emotion_high,
    nullif(sent, 0) as sent,
    answered / nullif(sent, 0) as response_rate,
    nps_answers,
    nps_mean_ppm / 10000 as nps,
    case
        when nps_margin is not null
            then greatest(nps_mean_ppm / 10000 - nps_margin, -100)
    end as nps_low,
    case
        when nps_margin is not null
            then least(nps_mean_ppm / 10000 + nps_margin, 100)
    end as nps_high,
    csat_answers,
    csat_top / nullif(csat_answers, 0) as csat
from estimated
order by level, name, is_solicited, persona, segment, segment_value
