"""Starts and ends of activities that belong together, as event logs tell them."""

from journeymine.models import load_models
from journeymine.plan import Context
from journeymine.warehouse import build_model

ROUND, PAIRS = "int_lifecycle_round", "py_lifecycle_pairs"


def make_lifecycle_pairs(context: Context) -> None:
    """Write `py_lifecycle_pairs`: the rows of both rounds of `int_lifecycle_round`."""
    con, model = context.con, load_models()[ROUND]
    columns = ", ".join(
        f"cast(null as {'bigint' if name.endswith('_us') else 'varchar'}) as {name}"
        for name in model.columns
    )
    con.execute(f"create or replace table {PAIRS} as select {columns} where false")
    for by_resource in (True, False):
        build_model(con, model, {"by_resource": by_resource})
        con.execute(f"insert into {PAIRS} from {ROUND}")
