"""Funnels: run the chain of steps, one model per step, over all funnels at once."""

from journeymine.funnel_ties import settle_shared_ties
from journeymine.models import load_models
from journeymine.plan import Context
from journeymine.warehouse import build_model, scalar


def make_reach(context: Context) -> None:
    """Write `py_funnel_reach`: one row per funnel, unit and step that it reached.

    Columns are those of `int_funnel_reach_round`. Round k reads the chains that
    reached step k - 1 and keeps those that reach step k.
    """
    con, models = context.con, load_models()
    start, turn, reach = (
        models["int_funnel_chain_start"],
        models["int_funnel_chain_round"],
        models["int_funnel_reach_round"],
    )
    steps = scalar(con, "select coalesce(max(steps), 1) from cfg_funnels")
    build_model(con, start, context.parameters, "int_funnel_chain")
    build_model(con, reach, {"k": 1}, "py_funnel_reach")
    for k in range(2, int(str(steps)) + 1):
        build_model(con, turn, {"k": k}, "int_funnel_chain_next")
        con.execute("drop table int_funnel_chain")
        con.execute("alter table int_funnel_chain_next rename to int_funnel_chain")
        build_model(con, reach, {"k": k}, "int_funnel_reach_round")
        con.execute("insert into py_funnel_reach from int_funnel_reach_round")
    settle_shared_ties(context)
