"""Addresses and numbers are found in texts, and written in one way."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeymine.config_privacy import Kind
from journeymine.privacy.forms import normal_email, normal_phone, replaced
from journeymine.privacy.tokens import Rules, Tokens

BOTH: tuple[Kind, ...] = ("email", "phone")
TOKENS = Tokens(b"a key of 16 bytes", Rules(BOTH))


def shown(text: str) -> str:
    return replaced(text, BOTH, lambda kind, found: f"<{kind} {found}>")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("write ann@shop.de.", "write <email ann@shop.de>."),
        ("'ann@shop.de', -bob@shop.de", "'<email ann@shop.de>', -<email bob@shop.de>"),
        ("Ann <a.b+c@my-shop.co.uk>", "Ann <<email a.b+c@my-shop.co.uk>>"),
        ("a@b.cd;c@d.ef", "<email a@b.cd>;<email c@d.ef>"),
        ("o'brien@shop.ie", "<email o'brien@shop.ie>"),
        ("jörg@bücher.de", "<email jörg@bücher.de>"),
        ("?mail=ann%40shop.de&x=1", "?mail=<email ann@shop.de>&x=1"),
        ("a%3Dann%2Bx%40shop.de", "a%3D<email ann+x@shop.de>"),
        (r'{"t": "\nann@shop.de"}', r'{"t": "\n<email ann@shop.de>"}'),
        (r"ann\u0040shop.de", "<email ann@shop.de>"),
        ("ann&#64;shop.de", "<email ann@shop.de>"),
        (r"C:\mail\ann@shop.de", r"C:\mail\<email ann@shop.de>"),
        ("mailto:ann@shop.de?a=b", "mailto:<email ann@shop.de>?a=b"),
        ("ann@shop.de0bob@x.de", "<email ann@shop.de0bob>@x.de"),  # none is left
        ("pkg@1.2.3, @ann, 3 @ 5.00, a@b", "pkg@1.2.3, @ann, 3 @ 5.00, a@b"),
    ],
)
def test_addresses_in_a_text_are_found_however_they_are_written(text, expected):
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("call +49 (0)170 123-4567 now", "call <phone +49 (0)170 123-4567> now"),
        ("tel:+491701234567", "tel:<phone +491701234567>"),
        ("?tel=%2B491701234567", "?tel=<phone +491701234567>"),
        ("2024-01-01T10:00:00+10:00", "2024-01-01T10:00:00+10:00"),
        ("2024-01-01 10:00:00 +0200,12345", "2024-01-01 10:00:00 +0200,12345"),
        ("+1234567.89 EUR, 1+1, C++17", "+1234567.89 EUR, 1+1, C++17"),
        ("+12345678901234567890", "+12345678901234567890"),  # too long for a number
    ],
)
def test_international_numbers_are_found_and_times_and_amounts_are_not(text, expected):
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("written", "plain", "german"),
    [
        ("+49 (0)170 123-4567", "+491701234567", "+491701234567"),
        ("0049 170 1234567", "+491701234567", "+491701234567"),
        ("0170/1234567", "01701234567", "+491701234567"),
        ("170 1234567", "1701234567", "+491701234567"),
        (" Unknown ", "unknown", "unknown"),
    ],
)
def test_a_number_is_written_in_one_way(written, plain, german):
    assert normal_phone(written, None) == plain
    assert normal_phone(written, "+49") == german


def test_an_address_keeps_its_dots_and_what_follows_a_plus():
    assert normal_email(" A.B+c@Shop.DE ") == "a.b+c@shop.de"
    assert normal_email("JO\u0308RG@x.de") == normal_email("j\u00f6rg@x.de")


WORDS = st.lists(
    st.sampled_from(
        ["ann@shop.de", "+49 170 1234567", "%40", "@", "+", "\\n", "x", ".", " ", "é"]
    ),
    max_size=12,
).map("".join)


@settings(max_examples=300, deadline=None)
@given(WORDS)
def test_what_is_masked_once_is_not_changed_again(text):
    masked = TOKENS.within(text)
    assert TOKENS.within(masked) == masked
    assert "ann@shop.de" not in masked
