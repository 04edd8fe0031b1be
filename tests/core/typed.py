"""Tables of models, drawn with the types of their values."""

from collections.abc import Mapping, Sequence

import pyarrow as pa
from tests.core.bench import Bench


def given_typed(bench: Bench, **tables: Mapping[str, Sequence[object]]) -> None:
    """Make tables whose columns have the types of what they hold."""
    for name, columns in tables.items():
        bench.con.register("typed", pa.table(dict(columns)))
        bench.con.execute(f"create or replace table {name} as from typed")
        bench.con.unregister("typed")
        bench.drawn.add(name)


def columns(names: Sequence[str], *rows: Sequence[object]) -> dict[str, list[object]]:
    """Return rows as columns."""
    return dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
