"""Stack what staging models tell.

A connector's model says what its export tells, as it is written there: a view, with
those of the columns of `TOLD` that it knows. `stg_told` stacks these views,
`stg_connectors__events` reads times and money in them, and `stg_events` stacks the
result with the tables whose columns the project file names.
"""

from functools import cache

from journeymine.config import Config
from journeymine.connectors import TABLE, load_connectors, used_connectors
from journeymine.models import COMPLETED, load_models
from journeymine.plan import Context, Step

TOLD = {
    "source": "varchar",
    "sha256": "varchar",
    "record_index": "bigint",
    "event_id": "varchar",
    "written_at": "varchar",
    "source_order": "bigint",
    "version": "varchar",
    "activity": "varchar",
    "channel": "varchar",
    "is_customer": "boolean",
    "lifecycle": "varchar",
    "instance": "varchar",
    "resource": "varchar",
    "amount": "varchar",
    "currency": "varchar",
    "case_id": "varchar",
    "session_key": "varchar",
    "identifiers": "varchar",
    "attributes": "varchar",
    "reason": "varchar",
}
"""What a connector's model may tell of an event, and its type."""


@cache
def told_models() -> dict[str, str]:
    """Return the staging model of each connector: a view."""
    return {name: f"stg_{name}__events" for name in load_connectors() if name != TABLE}


def idle_models(config: Config) -> frozenset[str]:
    """Return the staging models that nobody builds: no source uses their connectors."""
    used = used_connectors(config.sources)
    return frozenset(model for name, model in told_models().items() if name not in used)


def stacking() -> tuple[Step, Step]:
    """Return the steps that make `stg_told` and `stg_events`."""
    told = tuple(told_models().values())
    return (
        Step("stg_told", reads=told, make=_stack_told),
        Step("stg_events", reads=COMPLETED, make=_stack_events),
    )


def _stack_told(context: Context) -> None:
    idle = idle_models(context.config)
    nothing = ", ".join(
        f"cast(null as {kind}) as {name}" for name, kind in TOLD.items()
    )
    selects = [f"select {nothing} where false"]
    selects += [
        f"select {_told(model)} from {model}"
        for model in told_models().values()
        if model not in idle
    ]
    _create(context, "stg_told", selects)


def _stack_events(context: Context) -> None:
    columns = ", ".join(load_models()[COMPLETED[0]].columns)
    selects = [f"select {columns} from {model}" for model in COMPLETED]
    _create(context, "stg_events", selects)


def _told(model: str) -> str:
    there = load_models()[model].columns
    return ", ".join(
        f"cast({name if name in there else 'null'} as {kind}) as {name}"
        for name, kind in TOLD.items()
    )


def _create(context: Context, view: str, selects: list[str]) -> None:
    union = "\nunion all\n".join(selects)
    context.con.execute(f"create or replace view {view} as\n{union}")
