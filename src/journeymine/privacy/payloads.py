"""JSON records, cut down to the values that the project reads, each replaced."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

Change = Callable[[str, pa.Array], pa.Array]
"""Makes the values of a path, each a text in JSON, into others."""

Tree = dict[str, "Tree | int"]
"""Keys of an object -> of the objects in them, or the number of a column of values."""


def pruned(
    payloads: pa.Array, paths: Iterable[str], keys: Sequence[str], change: Change
) -> pa.Array:
    """Return objects that hold, at the paths, what the payloads hold there.

    Parameters
    ----------
    payloads
        JSON objects, as text.
    paths
        Keys joined by dots. What lies in a value that another path names stays in it.
    keys
        Those of the objects: a path that is such a key is meant as this key, too.
    change
        Called with each path and its values.
    """
    tree: Tree = {}
    ways: list[tuple[str, tuple[str, ...]]] = []
    for path in sorted(paths):
        for way in dict.fromkeys([tuple(path.split(".")), (path,)]):
            if (len(way) > 1 or path in keys or "." not in path) and way[0] in keys:
                ways.append((path, way))
    taken: list[tuple[str, tuple[str, ...]]] = []
    for path, way in sorted(ways, key=lambda one: len(one[1])):
        if _planted(tree, way, len(taken)):
            taken.append((path, way))
    if not taken:
        return pa.repeat("{}", len(payloads))
    found = _values(payloads, [way for _, way in taken])
    values = [change(path, one) for (path, _), one in zip(taken, found, strict=True)]
    pieces = list(_pieces(tree, values))
    return pc.binary_join_element_wise(
        *pieces, "", null_handling="replace", null_replacement="null"
    )


def _planted(tree: Tree, way: tuple[str, ...], number: int) -> bool:
    """Add a way to the tree, unless a value that it leads through is kept whole."""
    *parents, last = way
    for key in parents:
        below = tree.setdefault(key, {})
        if isinstance(below, int):
            return False
        tree = below
    if last in tree:
        return False
    tree[last] = number
    return True


def _values(payloads: pa.Array, ways: Sequence[tuple[str, ...]]) -> list[pa.Array]:
    """Return the values at each way, as text in JSON; null where there is none."""
    pointers = ", ".join(_literal(_pointer(way)) for way in ways)
    with duckdb.connect(config={"threads": 1}) as con:
        con.register("payloads", pa.table({"payload": payloads}))
        table = con.sql(
            f"select cast(json_extract(payload, [{pointers}]) as varchar[]) as found"
            " from payloads"
        ).to_arrow_table()
    flat = table["found"].combine_chunks().flatten()
    places = np.arange(len(payloads)) * len(ways)
    return [flat.take(pa.array(places + number)) for number in range(len(ways))]


def _pieces(
    tree: Mapping[str, "Tree | int"], values: list[pa.Array]
) -> Iterable[pa.Array | str]:
    before = "{"
    for key, below in tree.items():
        start = before + json.dumps(key, ensure_ascii=False) + ":"
        if isinstance(below, int):
            yield from (start, values[below])
        else:
            yield start
            yield from _pieces(below, values)
        before = ","
    yield "}"


def _pointer(way: Sequence[str]) -> str:
    """Return the place of a value in JSON (RFC 6901)."""
    escaped = (key.replace("~", "~0").replace("/", "~1") for key in way)
    return "".join(f"/{key}" for key in escaped)


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
