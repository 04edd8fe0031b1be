"""What was known of each attempt at its landmark: activities, and attributes."""

from journeymine.plan import Context
from journeymine.warehouse import write_table

WORD = 60
"""Activities that stand together in one number, a bit for each."""

ACTIVITY_COLUMNS = (
    "landmark_code bigint, word_index bigint, events bigint, activities bigint"
)
ATTRIBUTE_COLUMNS = "landmark_code bigint, segment_index integer, segment_value varchar"

_PLACES = """
select activity_code, row_number() over (order by count(*) desc, activity_code) as place
from int_event_log
group by activity_code
order by place
limit $most
"""
_BEFORE = """
from int_driver_landmarks as landmarks
inner join int_unit_events as events
    on
        landmarks.unit_code = events.unit_code
        and events.occurred_us > landmarks.since_us
        and events.occurred_us <= landmarks.landmark_us
        and (
            events.occurred_us < landmarks.landmark_us
            or events.event_number = landmarks.landmark_event
        )
{join}
where
    landmarks.funnel = $funnel
    and events.unit = '{unit}'
    and events.journey_kind = '{journey_kind}'
"""
_ACTIVITIES = f"""
insert into py_driver_activities
select
    landmarks.landmark_code,
    coalesce((known.place - 1) // {WORD}, 0) as word_index,
    count(*) filter (where events.is_customer) as events,
    coalesce(bit_or(1::bigint << ((known.place - 1) % {WORD})), 0) as activities
"""
_ATTRIBUTES = """
insert into py_driver_attributes
select
    landmarks.landmark_code,
    told.segment_index,
    arg_max(told.segment_value, (events.occurred_us, events.event_number))
"""
_KNOWN = """
left join py_driver_places as known on events.activity_code = known.activity_code
"""
_TOLD = """
inner join int_event_segments as told on events.event_number = told.event_number
"""


def make_exposures(context: Context) -> None:
    """Write what happened to attempts before their landmarks, in three tables.

    `py_driver_activities` has the customer's own events per attempt, and which
    activities there were: bit `place - 1` of the activity in `py_driver_places`, 60 to
    a word; what is too rare for a place has no bit, and counts in the word 0.
    `py_driver_attributes` has the latest known value of each attribute that slices.
    """
    con, drivers = context.con, context.config.drivers
    write_table(con, "py_driver_activities", ACTIVITY_COLUMNS, [])
    write_table(con, "py_driver_attributes", ATTRIBUTE_COLUMNS, [])
    con.execute(
        f"create or replace table py_driver_places as {_PLACES}",
        {"most": drivers.max_activities if drivers else 0},
    )
    for name, funnel in context.config.funnels.items() if drivers else ():
        # The unit is written out: the database then reads events of this kind only.
        unit = funnel.unit
        read = {"unit": unit, "journey_kind": "main"}
        if unit == "journey":
            read["journey_kind"] = funnel.journey
        for query, join in ((_ACTIVITIES, _KNOWN), (_ATTRIBUTES, _TOLD)):
            con.execute(
                query + _BEFORE.format(join=join, **read) + "group by all",
                {"funnel": name},
            )
