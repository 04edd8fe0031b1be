"""What may be compared, and which settings say nothing together."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from journeymine.config import Config
from journeymine.config_comparisons import Side
from journeymine.errors import ConfigError
from journeymine.project_file import load_config

GOOD = """
[project]
name = "Shop"
timezone = "Europe/Berlin"
segments = ["device"]
[sources.web]
path = "web.csv"
format = "csv"
columns = { occurred_at = "at", activity = "what" }
[comparisons.c]
"""
BERLIN = ZoneInfo("Europe/Berlin")


def loaded(folder: Path, settings: str) -> Config:
    path = folder / "journeymine.toml"
    path.write_text(GOOD + settings, encoding="utf-8")
    return load_config(path)


def sides(folder: Path, settings: str) -> tuple[Side, Side]:
    return loaded(folder, settings).comparisons["c"].sides(BERLIN)


def test_values_of_a_segment_are_one_or_more_or_all_others(tmp_path: Path) -> None:
    some = 'segment = "device"\na = ["mobile", "tablet"]\n'
    assert sides(tmp_path, some + 'b = "desktop"') == (
        Side("mobile or tablet", ("mobile", "tablet")),
        Side("desktop", ("desktop",)),
    )
    assert sides(tmp_path, some)[1] == Side("all others", None)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("limit", ["2024-05-02", "2024-05-02T12:00:00+02:00"])
def test_settings_with_days_are_written_as_they_stand(
    limit: str, tmp_path: Path
) -> None:
    config = loaded(tmp_path, f"at = {limit}")
    written = config.model_dump_json(include={"comparisons": {"c": {"at"}}})
    assert limit[:10] in written


@pytest.mark.parametrize("segment", ["persona", "outcome"])
def test_two_values_may_be_named_in_one_line(segment: str, tmp_path: Path) -> None:
    assert loaded(tmp_path, f'{segment} = ["p1", "p2"]').comparisons == (
        loaded(tmp_path, f'segment = "{segment}"\na = "p1"\nb = "p2"').comparisons
    )


def test_days_begin_in_the_zone_of_the_project(tmp_path: Path) -> None:
    before, after = sides(tmp_path, 'at = 2024-05-02\nwithin = "2 days"')
    assert before == Side(
        "before 2024-05-02",
        since=datetime(2024, 4, 29, 22, tzinfo=UTC),
        until=datetime(2024, 5, 1, 22, tzinfo=UTC),
    )
    assert after.since == before.until
    assert after.until == datetime(2024, 5, 3, 22, tzinfo=UTC)
    spring, rest = sides(
        tmp_path,
        "a = { from = 2024-03-01, until = 2024-06-01 }\nb = { from = 2024-06-01 }",
    )
    assert (spring.label, rest.label) == (
        "from 2024-03-01 until 2024-06-01",
        "from 2024-06-01",
    )
    assert rest.until is None


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (
            "",
            "comparisons.c: two sides are missing;"
            " set segment and a, the spans a and b, or at",
        ),
        (
            'segment = "colour"\na = "red"',
            "comparisons.c: 'colour' is no segment; add it to segments",
        ),
        (
            'at = 2024-05-02\nonly = { colour = "red" }',
            "comparisons.c: 'colour' is no segment; add it to segments",
        ),
        (
            'segment = "device"\na = "x"\nb = ["y", "x"]',
            "comparisons.c: 'x' stands in a and in b; keep one of them",
        ),
        (
            'segment = "device"\na = { from = 2024-05-02 }',
            "comparisons.c: a and b are values of device; name them as texts",
        ),
        (
            'persona = ["p1"]',
            "comparisons.c: persona takes two values; write for example ['p1', 'p2']",
        ),
        (
            'persona = ["p1", "p2"]\na = "p3"',
            "comparisons.c: persona names both sides; leave segment, a and b out",
        ),
        (
            "a = { form = 2024-05-01 }\nb = { until = 2024-06-01 }",
            "comparisons.c.a.form: unknown setting; remove it",
        ),
        (
            'at = 2024-05-02\nsegment = "device"',
            "comparisons.c: at has a before and an after; leave segment, a and b out",
        ),
        (
            'segment = "device"\na = "x"\nwithin = "2 days"',
            "comparisons.c: within needs at; name the day, or leave it out",
        ),
        (
            "a = { from = 2024-05-02, until = 2024-05-02 }\nb = { from = 2024-06-02 }",
            "comparisons.c: from 2024-05-02 until 2024-05-02 is empty;"
            " choose a later `until`",
        ),
        (
            "a = { until = 2024-05-02 }\nb = { from = 2024-05-01 }",
            "comparisons.c: a and b overlap; let one end before the other begins",
        ),
        (
            'at = 2024-05-02\n[drift]\nby = "colour"',
            "drift.by: 'colour' is no segment; add it to segments",
        ),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_line(
    settings: str, message: str, tmp_path: Path
) -> None:
    with pytest.raises(ConfigError) as caught:
        loaded(tmp_path, settings)
    path = tmp_path / "journeymine.toml"
    assert str(caught.value) == f"{path}: {message}"
