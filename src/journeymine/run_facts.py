"""What the figures of a run depend on: settings, and what was learned."""

from journeymine.horizons import lifecycle_basis
from journeymine.identity_sensitivity import conversion_sensitivity
from journeymine.plan import Context
from journeymine.sentiment import sentiment_basis
from journeymine.warehouse import write_table


def make_run(context: Context) -> None:
    """Write `py_run`: name and value of all that the figures depend on."""
    project, scalars = context.config.project, context.parameters
    values = {
        "project_name": project.name,
        "timezone": project.timezone,
        "currency": project.currency,
        "as_of": str(scalars["as_of"]),
        "as_of_is_assumed": str(scalars["is_as_of_assumed"]).lower(),
        "goal": ", ".join(context.config.journey.goal),
        "session_gap_seconds": _seconds(scalars["session_gap_us"]),
        "inactivity_seconds": _seconds(scalars["inactivity_us"]),
        "inactivity_basis": (
            "learned" if context.config.journey.inactivity == "learned" else "set"
        ),
        "journeys_basis": (
            f"column {context.config.journey.case}"
            if context.config.journey.case
            else "cut by goal, exit and silence"
        ),
    }
    values |= context.con.execute(
        "select 'personas_basis', basis from py_persona_basis"
    ).fetchall()
    values |= lifecycle_basis(context)
    values |= sentiment_basis(context.config)
    values |= conversion_sensitivity(context)
    rows = sorted(values.items())
    write_table(context.con, "py_run", "name varchar, value varchar", rows)


def _seconds(microseconds: object) -> str:
    return str(int(str(microseconds)) // 1_000_000)
