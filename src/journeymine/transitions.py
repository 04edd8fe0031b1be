"""What needs one round of a model per segment, so that memory stays bounded."""

from journeymine.models import load_models
from journeymine.plan import Context
from journeymine.settings_tables import segment_names
from journeymine.warehouse import build_model


def make_transitions(context: Context) -> None:
    """Write `py_transitions`: the rows of `int_transition_round` of every segment."""
    _make_rounds(context, "int_transition_round", "py_transitions")


def make_stages(context: Context) -> None:
    """Write `py_stages`: the rows of `int_stage_round` of every segment."""
    _make_rounds(context, "int_stage_round", "py_stages")


def _make_rounds(context: Context, name: str, table: str) -> None:
    con, model = context.con, load_models()[name]
    build_model(con, model, {"segment": "all"}, table)
    for segment in segment_names(context.config):
        build_model(con, model, {"segment": segment})
        con.execute(f"insert into {table} from {model.name}")
