"""Settings of how files are laid out: what contradicts is one line."""

import pytest
from pydantic import ValidationError

from journeymine.config_sources import Source

CSV = {"path": "a", "format": "csv", "columns": {"occurred_at": "a", "activity": "b"}}


@pytest.mark.parametrize(
    "settings",
    [
        {"header": ["a", "b"], "quote": False},
        {"format": "tsv", "header_rows": 3},
        {"header_rows": 2, "header_names": "joined"},
        {"format": "json", "records": "data.items"},
        {"format": "lines"},
        {"format": "ocel", "columns": {}},
        {"format": None, "connector": "any", "header_rows": 2, "records": "x"},
    ],
)
def test_what_fits_a_format_may_be_set(settings):
    assert Source.model_validate({**CSV, **settings}).path == "a"


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        ({"header": ["a"], "header_rows": 1}, "header: is for files that have none"),
        ({"header": []}, "header: a column has no name; name all of them"),
        ({"header": ["a", " "]}, "header: a column has no name; name all of them"),
        ({"header": ["a", "A"]}, "header: two columns have one name; give each its"),
        ({"header_names": "joined"}, '"joined" is for two rows; set header_rows = 2'),
        ({"header_rows": 0}, "greater than or equal to 1"),
        ({"format": "parquet", "quote": False}, "quote: has a meaning in csv and tsv"),
        ({"format": "jsonl", "header": ["a"]}, "header: has a meaning in csv and tsv"),
        ({"records": "a"}, "records: has a meaning in json; remove it"),
    ],
)
def test_what_contradicts_is_refused(settings, line):
    with pytest.raises(ValidationError) as caught:
        Source.model_validate({**CSV, **settings})
    assert line in str(caught.value)
