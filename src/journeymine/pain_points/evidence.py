"""The query on published tables that returns the rows behind a pain point."""

from journeymine.pain_points.places import Place
from journeymine.pain_points.search import Found
from journeymine.pain_points.slices import ALL, Slice

VISITS = """with steps as (
    select journey_id, activity, occurred_at,
        lead(activity) over journey as next_activity,
        lead(occurred_at) over journey as next_at
    from fct_events
    where is_step
    window journey as (partition by journey_id order by event_index)
),
visits as (
    select journey_id, min(occurred_at) as first_at, {lost} as is_lost
    from steps
    where activity = {activity}
    group by journey_id
)
select fct_journeys.*
from visits
inner join fct_journeys on visits.journey_id = fct_journeys.journey_id
inner join dim_slices
    on dim_slices.unit = 'journey' and visits.journey_id = dim_slices.unit_id
where {conditions}
order by fct_journeys.journey_id"""

LOST = {
    "touchpoint": "bool_or(next_activity is null)",
    "transition": "coalesce(bool_or(next_activity = {other}), false)",
    "switch": "coalesce(bool_or(next_activity = {other}), false)",
    "loop": "count(*) > 1",
    "wait": (
        "coalesce(max(date_diff('microsecond', occurred_at, next_at)) filter (where"
        " next_activity = {other}) > (select round(1000000 * p90_seconds) from"
        " fct_transitions where persona = 'all' and segment = 'all' and from_activity ="
        " {activity} and to_activity = {other}), false)"
    ),
}


def evidence(found: Found, zone: str) -> str:
    """Return a query with a row for each unit lost; of a feeling, its figures."""
    if found.place.kind == "step":
        return _of_step(found.place, found.slice)
    if found.place.kind == "feeling":
        return _of_feeling(found.place, found.slice)
    return _of_path(found.place, found.slice, zone)


def _of_step(place: Place, one: Slice) -> str:
    conditions = [
        f"funnel = {_text(place.funnel)}",
        f"depth_mature = {place.code[0]}",
        *_of_months(place, one, "entry_month"),
        *_of_slice(one),
    ]
    return (
        f"select * from fct_funnel_units where {' and '.join(conditions)}"
        " order by unit_id, attempt_index"
    )


def _of_feeling(place: Place, one: Slice) -> str:
    name, _, told = place.where.rpartition(", ")
    conditions = [
        f"period = {_text(one.period)}",
        f"level = {_text('all' if name == ALL else 'stage')}",
        f"name = {_text(name)}",
        "is_solicited" if told == "asked" else "not is_solicited",
        f"persona = {_text(one.persona)}",
        "segment = 'all'",
    ]
    return f"select * from fct_experience_periods where {' and '.join(conditions)}"


def _of_path(place: Place, one: Slice, zone: str) -> str:
    activity, _, other = place.where.partition(" > ")
    if not place.code[1]:
        activity, other = place.where, ""
    named = {"activity": _text(activity), "other": _text(other)}
    month = f"date_trunc('month', timezone({_text(zone)}, visits.first_at))"
    conditions = [
        "visits.is_lost",
        *_of_months(place, one, month),
        *_of_slice(one, "dim_slices."),
    ]
    if place.kind == "touchpoint":
        conditions.append("fct_journeys.outcome <> 'in_progress'")
    return VISITS.format(
        lost=LOST[place.kind].format(**named),
        conditions=" and ".join(conditions),
        **named,
    )


def _of_months(place: Place, one: Slice, month: str) -> list[str]:
    if one.period != ALL:
        return [f"{month} = date {_text(one.period)}"]
    days = (f"date {_text(day)}" for day in place.sets.first_days())
    return [f"{month} in ({', '.join(days)})"]


def _of_slice(one: Slice, table: str = "") -> list[str]:
    conditions = []
    if one.persona != ALL:
        conditions.append(f"{table}persona = {_text(one.persona)}")
    if one.segment != ALL:
        value = f"{table}segments[{_text(one.segment)}]"
        conditions.append(f"{value} = {_text(one.segment_value)}")
    return conditions


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
