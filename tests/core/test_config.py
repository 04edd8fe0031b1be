"""What the project file says, and how it is refused."""

from datetime import timedelta
from pathlib import Path

import pytest

from journeymine.config import Config
from journeymine.errors import ConfigError
from journeymine.project_file import load_config

GOOD = """
[project]
name = "Shop"
[sources.web]
path = "web.csv"
format = "csv"
columns = { occurred_at = "at", activity = "what" }
"""


def loaded(folder: Path, text: str) -> Config:
    file = folder / "journeymine.toml"
    file.write_text(text, encoding="utf-8")
    return load_config(file)


def refused(folder: Path, text: str) -> str:
    """Return the error, which must be one line that starts with the file."""
    with pytest.raises(ConfigError) as raised:
        loaded(folder, text)
    message = str(raised.value)
    assert "\n" not in message
    where = f"{folder / 'journeymine.toml'}: "
    assert message.startswith(where)
    return message.removeprefix(where)


def test_a_name_and_one_source_are_enough(tmp_path: Path) -> None:
    config = loaded(tmp_path, GOOD)
    assert config.journey.goal == ()
    assert config.journey.inactivity == timedelta(days=30)
    assert config.journey.session_gap == timedelta(minutes=30)
    assert config.output == tmp_path / "build"


def test_paths_are_relative_to_the_project_file(tmp_path: Path) -> None:
    config = loaded(tmp_path, GOOD.replace('"Shop"', '"Shop"\noutput = "../out"'))
    assert config.output == tmp_path.parent / "out"


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (
            "[funnels.f]\nstep = []\nsteps = ['a', 'b']",
            "funnels.f.step: unknown setting; did you mean 'steps'?",
        ),
        (
            "[journey]\ninactivty = '3 days'",
            "journey.inactivty: unknown setting; did you mean 'inactivity'?",
        ),
        ("[jurney]\ngoal = 'a'", "jurney: unknown setting; did you mean 'journey'?"),
        ("[journey]\nzzz = 1", "journey.zzz: unknown setting; remove it"),
        (
            "[journey]\ninactivity = 'a while'",
            "journey.inactivity: 'a while' is not a length of time;"
            ' write for example "30 minutes"',
        ),
        (
            "[journey]\ngoal = 'a'\nexits = { x = ['a'] }",
            "journey: 'a' ends a journey in two ways; keep one of them",
        ),
        (
            "[stages]\none = ['a']\ntwo = ['a']",
            "stages.two: 'a' stands in stages.one too; keep one of them",
        ),
        (
            "[sources.x]\npath = 'x'\nformat = 'csv'\nattributes = ['all']\n"
            "segments = ['all']\ncolumns = { occurred_at = 'a', activity = 'b' }",
            "segments: 'all' is the name of the whole; choose another attribute",
        ),
        (
            "[filters]\naccepted = { attribute = 'ip', equals = '1' }",
            "filters.accepted: the name has a meaning of its own; choose another",
        ),
        (
            "[abandonment.a]\nintent = 'i'\ngoal = 'g'\nexits = { silence = 's' }",
            "abandonment.a: exits.silence has a meaning of its own;"
            " choose another name",
        ),
        (
            "[abandonment.a]\nintent = 'i'\ngoal = 'i'",
            "abandonment.a: 'i' is named twice; keep one of them",
        ),
        (
            "[feedback.a]\nactivity = 'f'\nscale = [1, 5]\n"
            "[feedback.b]\nactivity = 'g'\nscale = [1, 5]\nsent = 'f'",
            "feedback.b: 'f' stands in feedback.a too; keep one of them",
        ),
        ("[sources.x]\nformat = 'csv'", "sources.x: path: missing; add it"),
        (
            "[funnels.f]\nsteps = ['a', 'b']\nties = 'source_order'",
            "funnels.f.ties: no source states an order;"
            " name its column as columns.order, or choose other ties",
        ),
        (
            "[sources.x]\npath = 'x'",
            "sources.x: set connector, or format and columns",
        ),
        (
            "[feedback.x]\nactivity = 'a'\nscale = [5, 1]",
            "feedback.x: scale: the first number must be the smaller one",
        ),
    ],
)
def test_a_mistake_is_one_line_with_place_and_remedy(
    wrong: str, message: str, tmp_path: Path
) -> None:
    assert refused(tmp_path, GOOD + wrong) == message


def test_a_source_with_an_order_can_settle_ties(tmp_path: Path) -> None:
    text = GOOD.replace('activity = "what"', 'activity = "what", order = "nr"')
    config = loaded(
        tmp_path, text + "[funnels.f]\nsteps = ['a', 'b']\nties = 'source_order'"
    )
    assert config.funnels["f"].ties == "source_order"


def test_a_zone_must_be_known(tmp_path: Path) -> None:
    wrong = GOOD.replace('"Shop"', '"Shop"\ntimezone = "Berlin"')
    assert refused(tmp_path, wrong).startswith("project.timezone: 'Berlin' is not a")


def test_a_moment_needs_a_zone(tmp_path: Path) -> None:
    wrong = GOOD.replace('"Shop"', '"Shop"\nas_of = 2024-07-01T00:00:00')
    assert refused(tmp_path, wrong).startswith("project.as_of: the time has no zone;")


def test_what_is_no_toml_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, "[project").startswith("not valid TOML: ")


def test_a_missing_project_file_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"no such project file; .*journeymine init"):
        load_config(tmp_path / "none.toml")
