"""Which texts are JSON, and what the values in them are called, as DuckDB reads it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

# Few lists of keys are different. Raises an error where a text is no JSON.
KEYS = """
    select json_keys(payload) as keys
    from payloads
    group by keys
    order by min(row)
"""
IS_JSON = "select json_valid(payload) as is_true from payloads order by row"
IS_REPEATED = """
    select len(list_distinct(keys)) < len(keys) as is_true
    from (select row, json_keys(payload) as keys from payloads)
    order by row
"""

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Objects:
    """What was found in texts that begin like an object.

    `keys` are those of all objects without a repeated key, in order of appearance.
    """

    is_json: Mask
    is_repeated: Mask
    keys: tuple[str, ...]


def objects_in(texts: pa.StringArray, connection: duckdb.DuckDBPyConnection) -> Objects:
    """Return which texts are JSON, and which of them name a value twice."""
    is_json = np.ones(len(texts), dtype=bool)
    is_repeated = np.zeros(len(texts), dtype=bool)
    try:  # to ask first would cost a third of the answer
        lists = _lists_of_keys(texts, connection)
    except duckdb.InvalidInputException:
        is_json = _asked(IS_JSON, texts, connection)
        texts = texts.filter(pa.array(is_json))
        lists = _lists_of_keys(texts, connection)
    good = [keys for keys in lists if len(set(keys)) == len(keys)]
    if len(good) < len(lists):
        is_repeated[is_json] = _asked(IS_REPEATED, texts, connection)
    names = dict.fromkeys(key for keys in good for key in keys)
    return Objects(is_json, is_repeated, tuple(names))


def _lists_of_keys(
    texts: pa.StringArray, connection: duckdb.DuckDBPyConnection
) -> list[list[str]]:
    with _registered(texts, connection):
        return [keys for (keys,) in connection.execute(KEYS).fetchall()]


def _asked(
    question: str, texts: pa.StringArray, connection: duckdb.DuckDBPyConnection
) -> Mask:
    with _registered(texts, connection):
        answer = connection.execute(question).fetchnumpy()["is_true"]
    return np.asarray(answer, dtype=bool)


@contextmanager
def _registered(
    texts: pa.StringArray, connection: duckdb.DuckDBPyConnection
) -> Iterator[None]:
    row = pa.array(np.arange(len(texts)))
    connection.register("payloads", pa.table({"payload": texts, "row": row}))
    try:
        yield
    finally:
        connection.unregister("payloads")
