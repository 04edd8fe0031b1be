"""Settings of a funnel: what they mean, and which of them say nothing together."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from journeymine.errors import ConfigError
from journeymine.project_file import load_config

GOOD = """
[project]
name = "Shop"
timezone = "Europe/Berlin"
[sources.web]
path = "web.csv"
format = "csv"
columns = { occurred_at = "at", activity = "what", order = "nr" }
[funnels.f]
"""


def refused(folder: Path, settings: str) -> str:
    path = folder / "journeymine.toml"
    path.write_text(GOOD + settings, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    return str(caught.value).removeprefix(f"{path}: funnels.f")


def test_a_step_is_a_name_names_or_a_table(tmp_path: Path) -> None:
    path = tmp_path / "journeymine.toml"
    path.write_text(
        GOOD
        + """
        steps = [
            "a",
            ["b", "c"],
            { any = "d", optional = true },
            { any = ["e", "f"], within = "1 hour", name = "pay" },
        ]
        from = 2024-05-01
        until = 2024-06-01T12:00:00+02:00
        """,
        encoding="utf-8",
    )
    funnel = load_config(path).funnels["f"]
    assert [step.any for step in funnel.steps] == [
        ("a",),
        ("b", "c"),
        ("d",),
        ("e", "f"),
    ]
    assert funnel.titles == ["a", "b or c", "d", "pay"]
    assert funnel.steps[3].within == timedelta(hours=1)
    assert funnel.from_ == date(2024, 5, 1)
    # A day begins in the project's zone.
    assert funnel.limits(load_config(path).project.zone) == (
        datetime(2024, 4, 30, 22, tzinfo=UTC),
        datetime(2024, 6, 1, 10, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (
            "steps = [{ any = 'a', optional = true }, 'b']",
            ": steps: the first and the last step cannot be optional; make it required",
        ),
        (
            "steps = ['a', { any = 'b', optional = true }]",
            ": steps: the first and the last step cannot be optional; make it required",
        ),
        (
            "steps = ['a', { any = 'b', optional = true },"
            " { any = 'c', optional = true }, 'd']",
            ": steps: two optional steps stand in a row; make one required, or one step"
            " of both",
        ),
        (
            "steps = [{ any = 'a', within = '1 hour' }, 'b']",
            ": steps: nothing comes before the first step; leave its `within` out",
        ),
        (
            "mode = 'unordered'\nsteps = ['a', { any = 'b', optional = true }, 'c']",
            ": steps: an unordered funnel has no optional step; leave `optional` out",
        ),
        (
            "mode = 'unordered'\nsteps = ['a', { any = 'b', within = '1 hour' }]",
            ": steps: an unordered funnel has no step before; leave `within` out",
        ),
        (
            "mode = 'unordered'\nsteps = ['a', 'b']\nties = 'source_order'",
            ": ties: an unordered funnel needs no order; leave it out",
        ),
        (
            "steps = ['a', 'b']\nexclusions = { end_attempt = ['b'] }",
            ": exclusions: 'b' is a step too; keep one of the two",
        ),
        (
            "steps = ['a', 'b']\nexclusions = { end_attempt = 'c', drop_unit = 'c' }",
            ": exclusions: 'c' is named twice; keep one of them",
        ),
        (
            "steps = ['a', 'b']\nfrom = 2024-05-02\nuntil = 2024-05-02",
            ".until: is not after `from`; choose a later one",
        ),
        (
            "steps = ['a', 'b']\nfrom = '2024-05-02'",
            ".from: 2024-05-02 is no day and no moment with a zone; write for example"
            " 2024-07-01 or 2024-07-01T00:00:00Z, without quotes",
        ),
        (
            "steps = ['a', { any = 'b', optinal = true }]",
            ".steps.1.optinal: unknown setting; did you mean 'optional'?",
        ),
        ("steps = ['a', 'b']\nfrm = 2024-05-02", ".frm: unknown setting; did you mean"),
    ],
)
def test_what_makes_no_sense_is_refused(
    settings: str, message: str, tmp_path: Path
) -> None:
    assert refused(tmp_path, settings).startswith(message)
