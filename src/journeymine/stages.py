"""Stages per slice: a round per segment, so that memory stays bounded."""

from journeymine.models import load_models
from journeymine.plan import Context
from journeymine.settings_tables import segment_names
from journeymine.warehouse import build_model


def make_stages(context: Context) -> None:
    """Write `py_stages`: the rows of `int_stage_round` of every segment."""
    con, model = context.con, load_models()["int_stage_round"]
    first, *others = ("all", *segment_names(context.config))
    build_model(con, model, {"segment": first}, "py_stages")
    for segment in others:
        build_model(con, model, {"segment": segment})
        con.execute(f"insert into py_stages from {model.name}")
