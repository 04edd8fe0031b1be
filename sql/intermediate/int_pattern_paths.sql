-- The path of each journey as the patterns of the project see it, a character a step;
-- empty if there are no patterns.
-- key: journey_code
--
-- journey_code  number of the journey
-- path          its steps in order; a step's character says which of the activities
--               and channels it has that the patterns name

with width as (

    -- How many characters an activity has; no row, and so nothing read, without
    -- patterns.
    select count(case when cfg_pattern_words.kind = 'channel' then 1 end) + 1 as width
    from cfg_patterns
    left join cfg_pattern_words on cfg_patterns.pattern_index = 1
    having count(*) > 0

),

activities as (

    -- The first character of private use, as in patterns/regular.py.
    select
        int_activities.activity_code,
        983040 + coalesce(cfg_pattern_words.place, 0) * width.width as first_character
    from int_activities
    cross join width
    left join cfg_pattern_words
        on
            int_activities.activity = cfg_pattern_words.word
            and cfg_pattern_words.kind = 'activity'

),

lettered as (

    -- Codes number the activities in order of their names, from 1.
    select
        list(chr(cast(first_character as integer)) order by activity_code) as characters
    from activities

),

channels as (

    select
        word as channel,
        place
    from cfg_pattern_words
    where kind = 'channel'

),

plain as (

    -- Without channels the paths stand already.
    select
        int_journey_paths.journey_code,
        -- noqa: disable=RF02
        array_to_string(
            list_transform(
                int_journey_paths.path, lambda code: lettered.characters[code]
            ),
            ''
        ) as path
        -- noqa: enable=RF02
    from int_journey_paths
    cross join width
    cross join lettered
    where width.width = 1

),

channelled as (

    select
        int_steps.journey_code,
        coalesce(
            string_agg(
                chr(
                    cast(
                        activities.first_character + coalesce(channels.place, 0)
                        as integer
                    )
                ),
                ''
                order by int_steps.event_number
            ) filter (where int_steps.is_step),
            ''
        ) as path
    from int_steps
    cross join width
    inner join activities on int_steps.activity_code = activities.activity_code
    left join channels on int_steps.channel = channels.channel
    where width.width > 1 and not int_steps.is_aftermath
    group by int_steps.journey_code

)

select
    journey_code,
    path
from plain
union all
select
    journey_code,
    path
from channelled
