"""Which paths a named pattern is found in: one round per pattern.

The database compiles an expression once per query if it is the same for all rows, and
once per row if not, which takes a hundred times as long.
"""

from journeymine.models import load_models
from journeymine.plan import Context
from journeymine.warehouse import build_model, write_table

MODEL = "int_pattern_round"


def make_pattern_matches(context: Context) -> None:
    """Write `py_pattern_matches`: the rows of `int_pattern_round` of every pattern."""
    con, model = context.con, load_models()[MODEL]
    write_table(con, "py_pattern_matches", "pattern varchar, path varchar", [])
    patterns = con.execute(
        "select pattern, expression from cfg_patterns order by pattern_index"
    ).fetchall()
    for pattern, expression in patterns:
        build_model(con, model, {"pattern": pattern, "expression": expression})
        con.execute(f"insert into py_pattern_matches from {MODEL}")
    if not patterns:
        # Its columns are checked as those of all models are.
        build_model(con, model, {"pattern": "", "expression": ""})
