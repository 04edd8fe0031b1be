"""Transitions: one round of the model per segment, so that memory stays bounded."""

from journeymine.models import load_models
from journeymine.plan import Context
from journeymine.settings_tables import segment_names
from journeymine.warehouse import build_model


def make_transitions(context: Context) -> None:
    """Write `py_transitions`: the rows of `int_transition_round` of every segment."""
    con, model = context.con, load_models()["int_transition_round"]
    build_model(con, model, {"segment": "all"}, "py_transitions")
    for segment in segment_names(context.config):
        build_model(con, model, {"segment": segment})
        con.execute(f"insert into py_transitions from {model.name}")
