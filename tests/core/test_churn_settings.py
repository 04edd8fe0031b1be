"""Settings of churn that contradict each other."""

from pathlib import Path

import pytest

from journeymine.errors import ConfigError
from journeymine.project_file import validated


@pytest.mark.parametrize(
    ("section", "message"),
    [
        ({"term": "30 days"}, 'term needs kind = "contractual"'),
        ({"kind": "contractual", "start": "a", "horizon": "9 days"}, "horizon needs"),
        (
            {"kind": "contractual", "start": "a", "term": "1 month", "risk": True},
            'risk needs kind = "non-contractual"',
        ),
        ({"kind": "contractual", "term": "1 year"}, "a contract needs start"),
        ({"kind": "contractual", "start": "a"}, "a term has no end"),
        (
            {"kind": "contractual", "start": "a", "renew": "a", "term": "1 month"},
            "'a' is named twice",
        ),
        (
            {"kind": "contractual", "start": "a", "term": "often"},
            "churn.term: 'often' is not a length of time",
        ),
        (
            {"kind": "contractual", "start": "a", "term_end": "until"},
            "churn.term_end: 'until' is no attribute of a source",
        ),
    ],
)
def test_settings_that_contradict_are_refused(
    section: dict[str, object], message: str
) -> None:
    columns = {"occurred_at": "at", "activity": "what"}
    source = {"path": "a.csv", "format": "csv", "columns": columns}
    settings = {"project": {"name": "T"}, "sources": {"a": source}, "churn": section}
    with pytest.raises(ConfigError, match=message):
        validated(settings, Path("journeymine.toml"))
