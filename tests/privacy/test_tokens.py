"""Tokens: keyed hashes that say in words what an address said of itself."""

import hmac
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeymine.config_privacy import Privacy
from journeymine.errors import ConfigError
from journeymine.privacy.keys import read_key
from journeymine.privacy.tokens import TOKEN, Rules, Tokens, is_token

KEY = b"a key of 16 bytes"
RULES = Rules(
    ("email", "phone"),
    test_domains=("qa.shop.de",),
    internal_domains=("shop.de",),
    ignore={"email": ("*@partner.com",), "user_id": ("bot-*",)},
)
TOKENS = Tokens(KEY, RULES)


@settings(max_examples=100, deadline=None)
@given(st.binary(min_size=16, max_size=100), st.text(max_size=80))
def test_the_hash_is_hmac_sha256_cut_to_128_bits(key, text):
    address = f"{text}ann@shop.de"
    token = Tokens(key, RULES).of("email", address)
    normal = f"email:{token and _normal(address)}"
    expected = hmac.new(key, normal.encode("utf-8"), "sha256").hexdigest()
    assert token.split("_")[1] == expected[:32]


def _normal(address: str) -> str:
    import unicodedata  # noqa: PLC0415  an oracle of its own

    return unicodedata.normalize("NFC", address).strip().lower()


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("ann@gmail.com", "free"),
        ("ann@acme.com", "company"),
        ("ann@shop.de", "internal"),
        ("ann@mail.shop.de", "internal"),
        ("Info@acme.com", "company_role"),
        ("test@gmail.com", "free_test"),
        ("ann@qa.shop.de", "internal_test"),
        ("info@partner.com", "company_pattern"),
        ("no address", ""),
    ],
)
def test_a_token_says_what_the_address_said_of_itself(address, words):
    token = TOKENS.of("email", address)
    assert token[35:] == words
    assert is_token(token)


@pytest.mark.parametrize("value", ["unknown", " N/A ", "", "test", "-"])
def test_what_stands_for_no_address_stays_as_it_is(value):
    assert TOKENS.of("email", value) == value


def test_a_token_is_its_own_token():
    token = TOKENS.of("email", "ann@shop.de")
    assert TOKENS.of("email", token) == token
    assert TOKENS.of("phone", f" {token}") == f" {token}"


def test_one_person_has_one_token_however_the_address_is_written():
    written = ["ann@acme.com", " Ann@ACME.com"]
    tokens = {TOKENS.of("email", one) for one in written}
    tokens |= {TOKENS.within("ann@acme.com"), TOKENS.within("ann%40acme.com")}
    assert len(tokens) == 1


def test_address_number_and_other_keys_have_other_tokens():
    one = TOKENS.of("email", "1")[2:34]
    assert one != TOKENS.of("phone", "1")[2:34]
    assert one != Tokens(b"another of 16 by", RULES).of("email", "1")[2:34]


def test_patterns_of_another_type_of_identifier_hold_for_it():
    address = "bot-7@acme.com"
    assert TOKENS.of("email", address).endswith("_company")
    assert TOKENS.of("email", address, "user_id").endswith("_company_pattern")


def test_the_fingerprint_tells_keys_and_rules_apart():
    others = [Tokens(b"another of 16 by", RULES), Tokens(KEY, Rules(("email",)))]
    assert len({TOKENS.fingerprint, *(one.fingerprint for one in others)}) == 3
    assert Tokens(KEY, RULES).fingerprint == TOKENS.fingerprint


def test_more_values_than_are_remembered_have_the_same_tokens(monkeypatch):
    monkeypatch.setattr("journeymine.privacy.tokens.MOST_KEPT", 2)
    few = Tokens(KEY, RULES)
    values = [f"{number % 5}@acme.com" for number in range(20)]
    assert [few.of("email", one) for one in values] == [
        TOKENS.of("email", one) for one in values
    ]
    assert all(TOKEN.fullmatch(few.of("email", one)) for one in values)


def test_the_key_is_read_from_the_environment_or_a_file(tmp_path, monkeypatch):
    (tmp_path / "key").write_bytes(b"sixteen bytes or more\n")
    monkeypatch.setenv("JOURNEYMINE_KEY", "sixteen bytes of env")
    monkeypatch.setenv("OTHER", "sixteen other bytes")
    assert read_key(Privacy(), tmp_path) == b"sixteen bytes of env"
    assert read_key(Privacy(key_env="OTHER"), tmp_path) == b"sixteen other bytes"
    named = Privacy(key_file=Path("key"))
    assert read_key(named, tmp_path) == b"sixteen bytes or more"


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ({}, "privacy.key_env: JOURNEYMINE_KEY: holds no key; set it to a secret"),
        ({"key_env": "SHORT"}, "privacy.key_env: SHORT: 5 bytes are too few; use 16"),
        ({"key_file": "none"}, "privacy.key_file: none: cannot be read: No such file"),
        ({"key_file": "empty"}, "privacy.key_file: empty: holds no key; set it"),
    ],
)
def test_a_key_that_is_missing_or_short_is_refused(tmp_path, monkeypatch, said, line):
    monkeypatch.delenv("JOURNEYMINE_KEY", raising=False)
    monkeypatch.setenv("SHORT", "short")
    (tmp_path / "empty").write_bytes(b" \n")
    with pytest.raises(ConfigError, match=line) as caught:
        read_key(Privacy.model_validate(said), tmp_path)
    assert caught.value.exit_code == 2
