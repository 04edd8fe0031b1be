"""What DuckDB takes for JSON, and the standard does not; and what is nested deeply."""

import json
import re

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from journeymine.ingest.lines import Lines

DEEPEST = 500
CHUNK = 1 << 18  # stays in the processor's cache

_LAST_COMMA = r",[ \t\r\n]*[\]}]"
_LAX = re.compile(_LAST_COMMA.encode() + rb"|nan|inf", re.IGNORECASE)
# Possessive, and to the end of a string that has none: time grows as the text does.
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)', re.DOTALL)
_BUT_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_BRACKETS = bytes.maketrans(b"[{]}", b"\1\1\xff\xff")


def _refuse(name: str) -> None:
    raise ValueError(name)


STRICT = json.JSONDecoder(parse_constant=_refuse, parse_int=str, parse_float=str)
"""Decodes JSON by the standard; numbers stay text, however long."""


def is_lax(raw: bytes) -> bool:
    """Return whether JSON that DuckDB accepts is none by the standard.

    That is a comma behind the last value, or a number that is none (NaN, Infinity).
    """
    return _LAX.search(_STRING.sub(b'""', raw)) is not None


def is_deep(raw: bytes) -> bool:
    """Return whether brackets, outside of strings, are nested deeper than `DEEPEST`."""
    if raw.count(b"[") + raw.count(b"{") <= DEEPEST:
        return False
    brackets = _STRING.sub(b"", raw).translate(_BRACKETS, _BUT_BRACKETS)
    depths = np.cumsum(np.frombuffer(brackets, dtype=np.int8), dtype=np.int64)
    return bool(depths.max(initial=0) > DEEPEST)


def suspects(lines: Lines, payload: pa.StringArray) -> npt.NDArray[np.int64]:
    """Return the lines that may be lax or deep: all that are, and a few others."""
    has_last_comma = pc.match_substring_regex(payload, _LAST_COMMA)
    long = np.flatnonzero(np.diff(lines.starts, append=len(lines.text)) > 2 * DEEPEST)
    named = np.searchsorted(lines.starts, _non_numbers(lines.text), side="right") - 1
    commas = np.flatnonzero(np.asarray(has_last_comma))
    return np.unique(np.concatenate([commas, long, named]))


def _non_numbers(text: bytes) -> npt.NDArray[np.int64]:
    """Return where `na` or `in`, in any case, may begin a value: NaN, Infinity."""
    found = [np.empty(0, dtype=np.int64)]
    values = np.frombuffer(text, dtype=np.uint8)
    for start in range(0, len(values), CHUNK):
        # Folds letters; of what may stand before a value, `[` and tab become others.
        folded = values[max(start - 2, 0) : start + CHUNK] | 0x20
        is_n = folded == ord("n")
        begins = is_n[:-1] & (folded[1:] == ord("a"))
        begins |= (folded[:-1] == ord("i")) & is_n[1:]
        before = np.flatnonzero(begins[1:])
        is_value = np.isin(folded[before], np.frombuffer(b":,{ )-", dtype=np.uint8))
        found.append(before[is_value] + max(start - 2, 0))
    return np.concatenate(found)
