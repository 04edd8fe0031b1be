"""The queries over published tables that give the value of a metric."""

IN_SLICE = """($persona = 'all' or persona = $persona)
    and ($segment = 'all' or segments[$segment] = $segment_value)"""

IN_ROW = """persona = $persona
    and segment = $segment
    and segment_value = $segment_value"""


def text(value: str) -> str:
    """Return a text as SQL writes it."""
    return "'" + value.replace("'", "''") + "'"


def in_days(moment: str, zone: str) -> str:
    """Return the condition that a moment lies in the days asked for."""
    day = f"cast(timezone({text(zone)}, {moment}) as date)"
    return f"{day} >= $since\n    and {day} < $until"


def of_funnel(funnel: str, step: int, depth: int, zone: str) -> str:
    """Return the share of those that reached a step that came just so far."""
    return f"""select
    count(*) filter (where depth_mature = {depth}) / nullif(count(*), 0) as value
from fct_funnel_units
where
    funnel = {text(funnel)}
    and depth_mature >= {step}
    and {in_days("entered_at", zone)}
    and {IN_SLICE}"""


def of_entries(funnel: str, step: int, depth: int) -> str:
    """Return the same of those that entered in a period, in which each entry counts."""
    return f"""with entered as (
    select unit_id, depth_mature
    from fct_funnel_entries
    where
        funnel = {text(funnel)}
        and period_kind = $period_kind
        and label = $label
    union all
    select unit_id, depth_mature
    from fct_funnel_units
    where funnel = {text(funnel)} and $period_kind = 'all'
)

select
    count(*) filter (where entered.depth_mature = {depth})
    / nullif(count(*), 0) as value
from entered
inner join fct_funnel_units
    on
        fct_funnel_units.funnel = {text(funnel)}
        and entered.unit_id = fct_funnel_units.unit_id
where
    entered.depth_mature >= {step}
    and {IN_SLICE}"""


def of_journeys(value: str, moment: str, zone: str, condition: str = "true") -> str:
    """Return a figure of the journeys that began or ended in the days."""
    return f"""select {value} as value
from fct_journeys
inner join dim_slices
    on fct_journeys.journey_id = dim_slices.unit_id and dim_slices.unit = 'journey'
where
    journey_kind = 'main'
    and {condition}
    and {in_days(moment, zone)}
    and ($persona = 'all' or dim_slices.persona = $persona)
    and ($segment = 'all' or segments[$segment] = $segment_value)"""


def of_support(zone: str) -> str:
    """Return the share of the customers seen in the days that turned to support."""
    return f"""select
    count(distinct customer_id) filter (where source_system = 'support')
    / nullif(count(distinct customer_id), 0) as value
from fct_events
inner join dim_slices
    on fct_events.customer_id = dim_slices.unit_id and dim_slices.unit = 'customer'
where
    actor = 'customer'
    and {in_days("occurred_at", zone)}
    and {IN_SLICE}"""


def of_attempts(kind: str, zone: str) -> str:
    """Return the share of attempts that did not convert, of those that are known."""
    return f"""select
    count(*) filter (where cause not in ('converted', 'in_progress'))
    / nullif(count(*) filter (where cause <> 'in_progress'), 0) as value
from fct_attempts
inner join dim_slices
    on fct_attempts.customer_id = dim_slices.unit_id and dim_slices.unit = 'customer'
where
    attempt_kind = {text(kind)}
    and {in_days("opened_at", zone)}
    and ($persona = 'all' or dim_slices.persona = $persona)
    and ($segment = 'all' or segments[$segment] = $segment_value)"""


def of_churn() -> str:
    """Return the share of spells that ended, over months of which all is known."""
    return f"""select sum(churn_rate * settled) / nullif(sum(settled), 0) as value
from fct_churn
where
    try_cast(period as date) >= $since
    and try_cast(period as date) < $until
    and {IN_ROW}"""


def of_retention(period_index: int) -> str:
    """Return the share of those at risk that was active in a period of their own."""
    return f"""select sum(at_risk_active) / nullif(sum(at_risk), 0) as value
from fct_retention
where
    period_index = {period_index}
    and cohort >= $since
    and cohort < $until
    and {IN_ROW}"""


def of_answers(value: str, condition: str, zone: str) -> str:
    """Return a figure of what customers said in the days."""
    return f"""select {value} as value
from fct_answers
inner join dim_slices
    on fct_answers.customer_id = dim_slices.unit_id and dim_slices.unit = 'customer'
where
    {condition}
    and {in_days("answered_at", zone)}
    and ($persona = 'all' or dim_slices.persona = $persona)
    and ($segment = 'all' or segments[$segment] = $segment_value)"""
