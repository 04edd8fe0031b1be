"""The marts of the made-up shop, from its events."""

EACH = """(select * from (values
    ('all'), ('p1'), ('p2'), ('p3'), ('p4')) as personas(persona))"""
MINE = "(each.persona = 'all' or each.persona = left(events.customer_id, 2))"
DERIVED = (
    """insert into dim_customers by name
    select customer_id, left(customer_id, 2) as persona, min(occurred_at) as first_at,
        max(occurred_at) as last_at, 1 as journeys, 1 as sessions, count(*) as events,
        count(*) filter (activity = 'order_completed') as conversions,
        sum(amount) as amount, min(channel) filter (channel <> 'email'
        or customer_id like 'p3%') as first_channel,
        case when left(customer_id, 2) in ('p2', 'p3') then 'mobile'
            else 'desktop' end as device
    from fct_events group by customer_id""",
    """update dim_personas set customers = (select count(*) from dim_customers
        where dim_customers.persona = dim_personas.persona), share = 0.25""",
    """insert into fct_journeys by name
    with told as (
        select journey_id, customer_id, min(occurred_at) as started_at,
            max(occurred_at) as ended_at, count(*) as events,
            string_agg(activity, ' > ' order by event_index) as variant,
            bool_or(activity = 'order_completed') as won
        from fct_events where not is_aftermath group by journey_id, customer_id)
    select journey_id, 'main' as journey_kind, customer_id,
        left(customer_id, 2) as persona, started_at, ended_at,
        case when won then 'converted' when started_at > '2026-06-16' then 'in_progress'
        else 'abandoned' end as outcome, events, 1 as sessions,
        epoch(ended_at - started_at) as duration_seconds, md5(variant) as variant_id
    from told""",
    """insert into fct_variants by name
    with told as (
        select journey_id, string_agg(activity, ' > ' order by event_index) as variant
        from fct_events where not is_aftermath group by journey_id)
    select 'all' as persona, 'all' as segment, 'all' as segment_value, variant,
        md5(variant) as variant_id, count(*) as journeys,
        row_number() over (order by count(*) desc, variant) as variant_index,
        count(*) / sum(count(*)) over () as share,
        count(*) filter (outcome = 'converted') as converted, 0 as exited,
        count(*) filter (outcome = 'abandoned') as abandoned,
        count(*) filter (outcome = 'in_progress') as in_progress
    from told inner join fct_journeys using (journey_id) group by variant""",
    f"""insert into fct_transitions by name
    with pairs as (
        select *, lead(activity) over follows as to_activity,
            epoch(lead(occurred_at) over follows - occurred_at) as seconds
        from fct_events where not is_aftermath
        window follows as (partition by journey_id order by event_index))
    select each.persona, 'all' as segment, 'all' as segment_value,
        activity as from_activity, to_activity, count(*) as transitions,
        count(distinct customer_id) as customers,
        quantile_cont(seconds, 0.5) as p50_seconds
    from pairs as events inner join {EACH} as each on {MINE}
    where to_activity is not null group by all""",
    f"""insert into fct_activities by name
    with marked as (
        select *, event_index = max(event_index) over (
            partition by journey_id, is_aftermath) as is_last from fct_events)
    select each.persona, 'all' as segment, 'all' as segment_value, activity,
        count(*) as events, count(distinct journey_id) as journeys,
        count(distinct customer_id) as customers,
        count(*) filter (event_index = 1) as starts,
        count(*) filter (is_last and not is_aftermath) as ends
    from marked as events inner join {EACH} as each on {MINE} group by all""",
    f"""insert into fct_stages by name
    with waits as (
        select *, epoch(lead(occurred_at) over (
            partition by journey_id order by event_index) - occurred_at) as seconds
        from fct_events where not is_aftermath),
    stays as (
        select journey_id, customer_id, stage, sum(seconds) as seconds
        from waits where stage is not null and seconds is not null group by all)
    select each.persona, 'all' as segment, 'all' as segment_value, stage,
        count(*) as journeys, quantile_disc(seconds, 0.5) as p50_seconds,
        quantile_disc(seconds, 0.9) as p90_seconds
    from stays as events inner join {EACH} as each on {MINE} group by all""",
    f"""insert into fct_touchpoints by name
    select each.persona, 'all' as segment, 'all' as segment_value, stage, activity,
        channel, activity || ' · ' || channel as touchpoint, actor,
        count(*) as events, count(distinct customer_id) as customers
    from fct_events as events inner join {EACH} as each on {MINE} group by all""",
    f"""insert into fct_funnel by name
    with depths as (
        select customer_id, max(occurred_at) as last_at,
            min(occurred_at) > '2026-06-16' as is_open,
            max(list_position(['product_viewed', 'product_added', 'checkout_started',
            'order_completed'], activity)) as depth
        from fct_events group by customer_id having depth is not null),
    counted as (
        select each.persona, step_index, step,
            count(*) as entered, count(*) filter (depth >= step_index) as reached,
            count(*) filter (depth = step_index and step_index < 4 and not is_open)
                as dropped,
            count(*) filter (depth = step_index and step_index < 4 and is_open)
                as in_progress,
            count(*) filter (depth >= step_index) / count(*) as rate,
            count(*) filter (not is_open) as entered_mature
        from depths as events inner join {EACH} as each on {MINE}
        cross join meta_funnels group by all)
    select 'order' as funnel, * exclude (rate), 'all' as segment,
        'all' as segment_value, 'customer' as unit, 1209600 as window_seconds,
        0 as excluded, rate as rate_observed, greatest(0, rate - .05)
        as rate_observed_low, least(1, rate + .05) as rate_observed_high,
        rate * 1.02 as rate_mature, rate * .95 as rate_mature_low,
        rate * 1.08 as rate_mature_high, rate * 1.03 as conversion_rate,
        rate * .97 as conversion_rate_low, rate * 1.1 as conversion_rate_high,
        'rate_mature' as conversion_rate_basis,
        'nobody was seen for the whole window' as rate_km_reason
    from counted""",
    """insert into fct_drop_offs by name
    with next as (
        select *, lead(step) over (partition by persona order by step_index)
            as next_step, reached - in_progress as at_risk from fct_funnel)
    select funnel, 'all' as period, persona, 'all' as segment, 'all' as segment_value,
        step_index, step, next_step, at_risk, reached, in_progress, dropped,
        dropped as dropped_at_risk,
        dropped / at_risk as drop_rate,
        greatest(0, dropped / at_risk - .08) as drop_rate_low,
        least(1, dropped / at_risk + .08) as drop_rate_high,
        case when persona <> 'all' then 0.25 end as expected_rate,
        'rest' as expected_basis,
        case when persona <> 'all' then dropped - .25 * at_risk end as excess,
        case when persona <> 'all' then (dropped - .25 * at_risk) * 59.9 end
            as value_lost, 0.0004 as q_value, 3 as went_to_support,
        'silence' as next_activity
    from next where next_step is not null""",
    """insert into fct_churn by name
    select 'all' as period, 'all' as persona, 'all' as segment,
        'all' as segment_value, 240 as at_risk, 61 as churned, 31 as undetermined,
        209 as settled,
        0.2541 as churn_rate, 0.2031 as churn_rate_low, 0.3128 as churn_rate_high""",
    f"""insert into fct_experience by name
    select 'stage' as level, stage as name, true as is_solicited, each.persona,
        'all' as segment, 'all' as segment_value,
        case when stage = 'intent' then 3 else 40 end as answers, 30 as customers,
        mood as emotion, mood - 0.1 as emotion_low, mood + 0.09 as emotion_high,
        case when stage = 'retention' then 0.154 end as response_rate
    from (values ('awareness', 0.05), ('interest', 0.31), ('intent', 0.2),
        ('evaluation', -0.12), ('purchase', -0.41), ('retention', 0.28))
        as moods(stage, mood)
    cross join {EACH} as each where each.persona <> 'p4'""",
    """insert into fct_experience by name
    select * from fct_experience where name = 'purchase'""",
    """update fct_experience set is_solicited = false, emotion = -0.2, answers = 12
    where rowid >= (select count(*) - 4 from fct_experience)""",
    """insert into fct_experience by name
    select 'all' as level, 'all' as name, true as is_solicited, 'all' as persona,
        'all' as segment, 'all' as segment_value, 61 as answers, 60 as customers,
        0.101 as response_rate, 61 as nps_answers, 29.0 as nps, 21.0 as nps_low,
        37.0 as nps_high""",
    f"""insert into fct_feedback_texts by name
    select 'f' || each.persona || stage as event_id, 'p1-001' as customer_id,
        each.persona, stage, stage as touchpoint,
        timestamptz '2026-04-14 10:00:00+00' as answered_at, mood as emotion,
        true as is_solicited, 'nps' as feedback, said as text
    from (values ('interest', 0.8, 'The reviews helped me to choose.'),
        ('purchase', -0.9, 'Card refused three times. The money was there, and '
        || 'nobody could tell me why it did not work in the end.'),
        ('evaluation', -0.4, 'Only saw the delivery cost at the very end.'))
        as sayings(stage, mood, said)
    cross join {EACH} as each where each.persona <> 'all'""",
)
