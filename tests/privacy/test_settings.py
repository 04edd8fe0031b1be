"""What is wrong in `[privacy]` is said in one line."""

from typing import Any

import pytest
from pydantic import ValidationError

from journeymine.config import Config

LINKAGE = {
    "identifier": "crm",
    "compare": {"name": "name", "born": "date", "mail": "email", "town": "text"},
}


def settings(privacy: dict[str, Any], linkage: dict[str, Any] | None = None) -> Config:
    columns = {"occurred_at": "at", "activity": "what"}
    source = {"path": "a.csv", "format": "csv", "columns": columns}
    return Config.model_validate(
        {
            "project": {"name": "test"},
            "sources": {"shop": source},
            "privacy": privacy,
            "identity": {"linkage": linkage},
        }
    )


@pytest.mark.parametrize(
    ("privacy", "line"),
    [
        ({"pseudonymise": ["name"]}, "Input should be 'email' or 'phone'"),
        ({"pseudonymise": []}, "at least 1 item"),
        ({"key_env": "A", "key_file": "b"}, "key_file: stands beside key_env; keep"),
        ({"country_code": "49"}, "should match pattern"),
        ({"internal_domains": ["ann@shop.de"]}, "should match pattern"),
        ({"key": "secret"}, "Extra inputs are not permitted"),
    ],
)
def test_a_wrong_setting_is_refused(privacy, line):
    with pytest.raises(ValidationError, match=line):
        settings(privacy)


def test_addresses_are_not_compared_by_likeness_when_they_are_tokens():
    with pytest.raises(ValidationError, match="'mail' is compared as an e-mail addr"):
        settings({}, LINKAGE)
    settings({"pseudonymise": ["phone"]}, LINKAGE)
    as_text = {**LINKAGE["compare"], "mail": "text"}  # type: ignore[dict-item]
    settings({}, {**LINKAGE, "compare": as_text})
