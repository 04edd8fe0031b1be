"""Settings of an expected journey: what they mean, and which of them say nothing."""

from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from journeymine.conformance.settings import write_expected
from journeymine.errors import ConfigError
from journeymine.project_file import load_config

GOOD = """
[project]
name = "Shop"
[sources.web]
path = "web.csv"
format = "csv"
columns = { occurred_at = "at", activity = "what" }
[stages]
interest = ["view"]
"""


def written(folder: Path, settings: str) -> Path:
    path = folder / "journeymine.toml"
    path.write_text(GOOD + settings, encoding="utf-8")
    return path


def refused(folder: Path, settings: str) -> str:
    path = written(folder, settings)
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    return str(caught.value).removeprefix(f"{path}: ")


def test_a_step_is_a_name_names_or_a_table(tmp_path: Path) -> None:
    settings = """
    [expected]
    steps = [
        { stage = "interest", rule = "may" },
        "cart",
        { any = ["card", "invoice"], within = "1 hour" },
        { any = "order", name = "bought", repeat = true },
    ]
    before = { order = "terms" }
    never = ["error", { stage = "interest" }]
    within = "14 days"
    [expected.p1]
    steps = "order"
    """
    settings = settings.replace('steps = "order"', 'steps = ["order"]')
    expected = load_config(written(tmp_path, settings)).expected
    assert expected is not None
    assert [step.title for step in expected.steps] == [
        "interest",
        "cart",
        "card or invoice",
        "bought",
    ]
    assert [step.repeats for step in expected.steps] == [True, False, False, True]
    assert [step.rule for step in expected.steps] == ["may", "must", "must", "must"]
    assert expected.steps[2].within == timedelta(hours=1)
    assert expected.before == {"order": ("terms",)}
    assert expected.others == "allowed"
    assert list(expected.journeys) == ["all", "p1"]


def test_only_a_persona_may_have_an_expected_journey(tmp_path: Path) -> None:
    path = written(tmp_path, '[expected.p2]\nsteps = ["order"]')
    expected = load_config(path).expected
    assert expected is not None
    assert list(expected.journeys) == ["p2"]


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        ("[expected]", "expected: says nothing; set steps, bpmn, before or never"),
        (
            '[expected]\nstep = ["a"]',
            "expected: 'step' is no setting and no persona such as p1; did you mean"
            " 'steps'?",
        ),
        (
            '[expected.p1]\nstep = ["a"]',
            "expected.p1.step: unknown setting; did you mean 'steps'?",
        ),
        (
            '[expected]\nsteps = [{ any = "a", within = "1 day" }]',
            "expected: steps: nothing comes before the first step; leave its `within`"
            " out",
        ),
        (
            '[expected]\nsteps = [{ rule = "may" }]',
            "expected.steps.0: names nothing; set any or stage",
        ),
        (
            '[expected]\nsteps = [{ stage = "intent" }]',
            "expected: 'intent' is none of [stages]; define it",
        ),
        (
            '[expected]\nsteps = ["a"]\nnever = ["a"]',
            "expected: never: 'a' is a step too; keep one of the two",
        ),
        (
            '[expected]\nbefore = { a = ["a", "b"] }',
            "expected: before: 'a' cannot come before itself; name another",
        ),
        (
            '[expected]\nbefore = { a = "b" }\nnever = "b"',
            "expected: before: 'b' never comes; keep one of the two",
        ),
        (
            '[expected]\nsteps = ["a"]\nbpmn = "a.bpmn"',
            "expected: bpmn: states the steps already; leave steps and before out",
        ),
    ],
)
def test_a_mistake_is_one_line(tmp_path: Path, settings: str, line: str) -> None:
    assert refused(tmp_path, settings) == line


def test_a_bpmn_file_that_is_missing_is_told(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    config = load_config(written(tmp_path, '[expected]\nbpmn = "meant.bpmn"'))
    line = r"^expected\.bpmn: meant\.bpmn: no such file; write another path$"
    with pytest.raises(ConfigError, match=line):
        write_expected(con, config)
