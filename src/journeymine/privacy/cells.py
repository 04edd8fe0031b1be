"""Values of a column, replaced where they hold something: few are looked at closely."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Replace = Callable[[list[str]], list[str]]
"""Makes other texts of some, one of each."""

_ESCAPES = {b"%": (b"%40", b"%2B", b"%2b"), b"\\": (b"\\u00",), b"&": (b"&#",)}
"""How the signs that tell an address or a number begin where they are encoded."""


def each_replaced(values: pa.Array, replace: Replace) -> pa.Array:
    """Return a column with every value replaced; each different one is made once."""
    encoded = values.dictionary_encode()
    words = replace(encoded.dictionary.to_pylist())
    return pa.array(words, pa.string()).take(encoded.indices)


def some_replaced(values: pa.Array, replace: Replace) -> pa.Array:
    """Return a column whose values are replaced where they may hold an address."""
    rows = suspects(values)
    if not len(rows):
        return values
    is_suspect = np.zeros(len(values), dtype=bool)
    is_suspect[rows] = True
    new = each_replaced(values.take(pa.array(rows)), replace)
    return pc.replace_with_mask(values, pa.array(is_suspect), new)


def suspects(values: pa.Array) -> npt.NDArray[np.int64]:
    """Return the rows whose text may hold an address or an international number."""
    _, bounds, data = values.buffers()
    if data is None or not len(values):
        return np.array([], dtype=np.int64)
    offsets = np.frombuffer(bounds, np.int32)[values.offset :][: len(values) + 1]
    text = memoryview(data)[offsets[0] : offsets[-1]].tobytes()
    places = [_places(text, b"@"), _numbers(text)]
    for first, forms in _ESCAPES.items():
        if first in text:
            places += [_places(text, form) for form in forms]
    found = np.concatenate(places) + offsets[0]
    return np.unique(np.searchsorted(offsets, found, side="right") - 1)


def _places(text: bytes, form: bytes) -> npt.NDArray[np.int64]:
    """Return where a text holds some bytes."""
    if form not in text:
        return np.array([], dtype=np.int64)
    letters = np.frombuffer(text, np.uint8)
    places = np.flatnonzero(letters[: len(letters) - len(form) + 1] == form[0])
    for step, letter in enumerate(form[1:], start=1):
        places = places[letters[places + step] == letter]
    return places


def _numbers(text: bytes) -> npt.NDArray[np.int64]:
    """Return the places of pluses before a digit from 1: no offset of a time is so."""
    places = _places(text, b"+")
    if not len(places):
        return places
    letters = np.frombuffer(text + b" ", np.uint8)
    follows = letters[places + 1]
    return places[(follows >= ord("1")) & (follows <= ord("9"))]
