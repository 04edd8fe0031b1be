"""An identifier is found however it is written, and nobody else's is."""

import pyarrow as pa
import pytest

from journeymine.erasing.needles import Needles, is_telling
from journeymine.erasing.register import Identifier, new_register, words_of

TOKEN = "e_0123456789abcdef0123456789abcdef"
ANN = Needles(
    [
        Identifier("email", "ann@shop.example"),
        Identifier("user_id", "u-1001"),
        Identifier("phone", "+49151123456"),
        Identifier("customer", "123456789"),
        Identifier("email", f"{TOKEN}_free"),
    ],
    customers=["0b7de6ad302d9d13b6d3"],
)


@pytest.mark.parametrize(
    "text",
    [
        "ann@shop.example",
        "Write to ANN@shop.example.",
        "<ann@shop.example>",
        "/by?of=ann%40shop.example&x=1",
        "/by?q=to%3Dann%40shop.example",
        r'{"mail": "ann\u0040shop.example"}',
        r"first line\nann@shop.example",
        "ann&#64;shop.example",
        "user u-1001, and others",
        "tel:+49151123456",
        "%2B49151123456",
        '{"customer": 123456789}',
        f"{TOKEN}_company",
        "0b7de6ad302d9d13b6d3-1",
    ],
)
def test_a_person_is_found_however_it_is_written(text):
    assert ANN.found_in(text.encode()) == 1
    assert ANN.suspects(pa.array([text, None])).to_pylist() == [True, False]


@pytest.mark.parametrize(
    "text",
    [
        "joann@shop.example",
        "j.ann@shop.example",
        "ann@shop.example.org",
        "u-10012 xu-1001",
        "1123456789",
        "+491511234567",
        "",
    ],
)
def test_nobody_else_is_found(text):
    assert ANN.found_in(text.encode()) == 0
    assert ANN.mask(text) == text


def test_a_mask_is_as_long_as_what_it_hides_and_leaves_json_valid():
    text = '{"a": 123456789, "b": "é ann@shop.example"}'
    assert ANN.mask(text) == '{"a": 111111111, "b": "é ****************"}'
    assert ANN.mask(None) is None
    assert ANN.mask(b"u-1001") == b"******"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a@b.c", True),
        ("ck-001", True),
        ("ck-01", False),
        ("annabell", False),
        ("12345678", False),
        ("123456789", True),
    ],
)
def test_what_could_be_a_word_or_an_amount_is_no_needle(value, expected):
    assert is_telling(value) == expected


def test_words_are_told_in_broken_records():
    words = words_of('{"id": 17, "mail": "Ann\\u0040shop.example", "url": "/a?b=u-1')
    assert {"17", "ann@shop.example", "u-1"} <= words
    assert "mailto:ann@shop.example" in words_of("mailto:ann@shop.example.")
    assert "ann@shop.example" in words_of("(mailto:ann%40shop.example)")


def test_the_register_holds_hashes_and_nobody_twice():
    ann = Identifier("email", "ann@shop.example")
    register = new_register("x").adding([ann]).adding([ann, Identifier("a", "b")])
    assert [entry.kind for entry in register.entries] == ["email", "a"]
    assert "ann" not in str(register)
    assert register.salt != new_register("x").salt
