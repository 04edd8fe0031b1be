"""What is told of the personas: tables that the marts read."""

from dataclasses import asdict

import pyarrow as pa

from journeymine.personas.matching import Change
from journeymine.personas.model import Model
from journeymine.personas.naming import in_words, sentence, telling
from journeymine.personas.traits import Trait
from journeymine.plan import Context
from journeymine.warehouse import write_arrow


def write_profiles(context: Context, model: Model, traits: list[Trait]) -> None:
    """Write `py_persona_profiles` and `py_persona_traits`."""
    given = context.config.personas.names
    rows = []
    for persona, name in zip(model.personas, model.names, strict=True):
        own = [trait for trait in traits if trait.persona == persona]
        rows.append(
            {
                "persona": persona,
                "persona_name": given.get(persona, name),
                "profile": sentence(own),
                "traits": [_short(trait) for trait in telling(own)],
                "silhouette": model.facts["silhouette"],
                "stability": model.facts["stability"],
            }
        )
    trait = pa.struct(
        [
            ("feature", pa.string()),
            ("value", pa.float64()),
            ("overall", pa.float64()),
            ("difference", pa.float64()),
        ]
    )
    columns = {
        "persona": pa.string(),
        "persona_name": pa.string(),
        "profile": pa.string(),
        "traits": pa.list_(trait),
        "silhouette": pa.float64(),
        "stability": pa.float64(),
    }
    _write(context, "py_persona_profiles", columns, rows)
    figures = ("value", "others", "difference", "difference_low", "difference_high")
    _write(
        context,
        "py_persona_traits",
        dict.fromkeys(("persona", "family", "feature"), pa.string())
        | dict.fromkeys(figures, pa.float64())
        | {"customers": pa.int64()},
        [asdict(trait) for trait in traits],
    )


def _short(trait: Trait) -> dict[str, object]:
    return {
        "feature": in_words(trait),
        "value": trait.value,
        "overall": trait.others,
        "difference": trait.difference,
    }


def write_changes(context: Context, changes: list[Change]) -> None:
    """Write `py_persona_changes`."""
    columns = {
        "change": pa.string(),
        "persona": pa.string(),
        "other": pa.string(),
        "customers": pa.int64(),
    }
    rows = [asdict(change) for change in changes]
    _write(context, "py_persona_changes", columns, rows)


def _write(
    context: Context,
    table: str,
    columns: dict[str, pa.DataType],
    rows: list[dict[str, object]],
) -> None:
    write_arrow(context.con, table, pa.Table.from_pylist(rows, pa.schema(columns)))
