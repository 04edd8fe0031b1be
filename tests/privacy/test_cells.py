"""Only values that may hold something are looked at closely; none is passed over."""

import random

import pyarrow as pa

from journeymine.privacy.cells import each_replaced, some_replaced, suspects
from journeymine.privacy.forms import replaced

PIECES = [
    "ann@x.de",
    "ann%40x.de",
    "+49 1701234567",
    "%40",
    "%2B4",
    "\\u0040",
    "&#64;",
    "é",
    "+0",
    "",
]


def shown(texts: list[str]) -> list[str]:
    return [replaced(text, ("email", "phone"), lambda kind, _: kind) for text in texts]


def columns(rng: random.Random) -> pa.Array:
    """Return a column of texts and nulls, which may be a slice of a longer one."""
    texts = [
        None
        if rng.random() < 0.2
        else "".join(rng.choices([*PIECES, "plain", " "], k=rng.randrange(5)))
        for _ in range(rng.randrange(12))
    ]
    start = rng.randrange(len(texts) + 1)
    return pa.array(texts, pa.string()).slice(start, rng.randrange(12))


def test_a_column_is_changed_as_each_of_its_values_is():
    rng = random.Random(7)
    for _ in range(500):
        values = columns(rng)
        texts = values.to_pylist()
        expected = [text and shown([text])[0] for text in texts]
        assert each_replaced(values, shown).to_pylist() == expected
        assert some_replaced(values, shown).to_pylist() == expected


def test_values_without_a_sign_are_not_looked_at():
    values = pa.array(["x", None, "10:00+02:00", "a@b", "50% & more", "%41"])
    assert suspects(values).tolist() == [3]


def test_a_value_is_made_once_however_often_it_stands():
    seen: list[str] = []

    def keep(texts: list[str]) -> list[str]:
        seen.extend(texts)
        return texts

    some_replaced(pa.array(["a@b", "x", "a@b", "c@d"]), keep)
    assert seen == ["a@b", "c@d"]
