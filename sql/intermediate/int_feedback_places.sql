-- What each answer, and each survey sent, is about: the event that it names, else the
-- customer's last own one in the seven days before, else only the whole.
-- key: event_number
--
-- event_number  answer or survey
-- about_event   event that it is about; null if only the whole
-- touchpoint    touchpoint of that event, as fct_events names it
-- stage         stage of that event

with asked as (

    select int_activities.activity_code
    from int_activities
    inner join cfg_feedback
        on
            int_activities.activity = cfg_feedback.activity
            or int_activities.activity = cfg_feedback.sent_activity

),

naming as (

    select distinct
        customer_code,
        about_attribute
    from int_feedback_told
    where about_value is not null

),

mentions as (

    -- What an answer can be about, any event but surveys and answers: by what it
    -- mentions, and the customer's own ones once more as mentioning nothing. Among them
    -- the answers that look for the last event that mentions the same, or nothing.
    select
        naming.customer_code,
        naming.about_attribute,
        attribute_value(int_event_log.attributes, naming.about_attribute)
            as about_value,
        int_event_log.occurred_us,
        false as is_told,
        int_event_log.event_number
    from int_event_log
    inner join naming on int_event_log.customer_code = naming.customer_code
    anti join asked on int_event_log.activity_code = asked.activity_code
    where
        attribute_value(int_event_log.attributes, naming.about_attribute) is not null
    union all
    select
        int_event_log.customer_code,
        null as about_attribute,
        null as about_value,
        int_event_log.occurred_us,
        false as is_told,
        int_event_log.event_number
    from int_event_log
    semi join int_feedback_told
        on int_event_log.customer_code = int_feedback_told.customer_code
    anti join asked on int_event_log.activity_code = asked.activity_code
    where int_event_log.is_customer
    union all
    select
        customer_code,
        about_attribute,
        about_value,
        occurred_us,
        true as is_told,
        event_number
    from int_feedback_told
    where about_value is not null
    union all
    select
        customer_code,
        null as about_attribute,
        null as about_value,
        occurred_us,
        true as is_told,
        event_number
    from int_feedback_told

),

looked_up as (

    -- Touches stand before answers of the same moment.
    select
        event_number,
        is_told,
        about_value is not null as is_named,
        occurred_us,
        last_value(case when not is_told then event_number end ignore nulls)
            over earlier as touched_event,
        last_value(case when not is_told then occurred_us end ignore nulls)
            over earlier as touched_us
    from mentions
    window earlier as (
        partition by customer_code, about_attribute, about_value
        order by occurred_us, is_told, event_number
        rows between unbounded preceding and current row
    )

),

placed as (

    select
        event_number,
        coalesce(
            max(touched_event) filter (where is_named),
            max(touched_event) filter (
                where not is_named and touched_us >= occurred_us - 7 * 86400000000
            )
        ) as about_event
    from looked_up
    where is_told
    group by event_number

)

select
    placed.event_number,
    placed.about_event,
    touchpoint_name(
        cfg_rules.touchpoint, int_activities.activity, int_event_log.channel
    ) as touchpoint,
    coalesce(cfg_rules.stage, int_activities.stage) as stage
from placed
left join int_event_log on placed.about_event = int_event_log.event_number
left join int_activities on int_event_log.activity_code = int_activities.activity_code
left join cfg_rules on int_event_log.rule_code = cfg_rules.rule_index
