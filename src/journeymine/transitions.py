"""What needs one round of a model per segment, so that memory stays bounded."""

from collections.abc import Iterable

from journeymine.models import load_models
from journeymine.plan import Context
from journeymine.settings_tables import segment_names
from journeymine.warehouse import Parameters, build_model


def make_transitions(context: Context) -> None:
    """Write `py_transitions`: the rows of `int_transition_round` of every segment."""
    rounds: list[Parameters] = [
        {"segment": segment, "is_whole": is_whole}
        for segment in ("all", *segment_names(context.config))
        for is_whole in (True, False)
    ]
    _make_rounds(context, "int_transition_round", "py_transitions", rounds)


def make_stages(context: Context) -> None:
    """Write `py_stages`: the rows of `int_stage_round` of every segment."""
    rounds: list[Parameters] = [
        {"segment": segment} for segment in ("all", *segment_names(context.config))
    ]
    _make_rounds(context, "int_stage_round", "py_stages", rounds)


def _make_rounds(
    context: Context, name: str, table: str, rounds: Iterable[Parameters]
) -> None:
    con, model = context.con, load_models()[name]
    first, *others = rounds
    build_model(con, model, first, table)
    for parameters in others:
        build_model(con, model, parameters)
        con.execute(f"insert into {table} from {model.name}")
