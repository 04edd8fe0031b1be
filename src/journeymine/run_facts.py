"""What the figures of a run depend on: settings, and what was learned."""

import hashlib
from datetime import UTC, datetime

from journeymine.config import Config
from journeymine.horizons import lifecycle_basis
from journeymine.identity_sensitivity import conversion_sensitivity
from journeymine.mining.discovery import is_available
from journeymine.plan import Context
from journeymine.sentiment import sentiment_basis
from journeymine.warehouse import Parameters, write_table


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
    if context.config.journey.value is not None:
        values["value_per_conversion"] = str(context.config.journey.value)
    values |= context.con.execute(
        "select 'personas_basis', basis from py_persona_basis"
    ).fetchall()
    values |= lifecycle_basis(context)
    values |= sentiment_basis(context.config)
    values |= conversion_sensitivity(context)
    rows = sorted(values.items())
    write_table(context.con, "py_run", "name varchar, value varchar", rows)


def facts_of(
    config: Config, scalars: Parameters, run_id: str, started_at: datetime
) -> dict[str, object]:
    """Return what the manifest says of every run."""
    settings = config.model_dump_json(exclude={"folder": True, "project": {"output"}})
    return {
        "run_id": run_id,
        "project": config.project.name,
        "started_at": started_at.isoformat(),
        "ended_at": datetime.now(UTC).isoformat(),
        "config_sha256": hashlib.sha256(settings.encode()).hexdigest(),
        "watermark": scalars["as_of"],
        "watermark_is_assumed": scalars["is_as_of_assumed"],
        "process_models": "mined"
        if is_available()
        else "absent: extra `mining` missing",
    }


def _seconds(microseconds: object) -> str:
    return str(int(str(microseconds)) // 1_000_000)
