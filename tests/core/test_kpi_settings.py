"""Objectives in the project file: what they may name, and what is said of the rest."""

from pathlib import Path

import pytest
from tests.core.bench import ResultOf, SetProject

from journeymine.config import Config
from journeymine.errors import ConfigError
from journeymine.kpis.metrics import metrics
from journeymine.project_file import load_config

PROJECT = """
[project]
name = "Test"
segments = ["plan"]
[sources.web]
path = "web.csv"
format = "csv"
system = "web"
columns = { occurred_at = "at", activity = "activity" }
[sources.desk]
path = "desk.csv"
format = "csv"
system = "support"
columns = { occurred_at = "at", activity = "activity" }
[journey]
goal = ["paid"]
[stages]
intent = ["cart"]
[funnels.shop]
steps = ["view", { any = "ship", optional = true }, ["cart", "quote"], "paid"]
[abandonment.cart]
intent = ["cart"]
goal = ["paid"]
[retention]
period = "week"
[churn]
[feedback.nps]
activity = "asked"
kind = "nps"
[objectives.aim]
"""


def read(folder: Path, settings: str) -> Config:
    path = folder / "journeymine.toml"
    path.write_text(PROJECT + settings, encoding="utf-8")
    return load_config(path)


def test_every_published_rate_is_a_metric(tmp_path: Path) -> None:
    config = read(tmp_path, 'metric = "retention.7"\ntarget = 1\nby = 2025-01-01')
    assert [*metrics(config)] == [
        "journeys.count",
        "journeys.conversion",
        "journeys.duration",
        "conversions",
        "value",
        "funnel.shop.conversion",
        "funnel.shop.view.drop_rate",
        "funnel.shop.cart or quote.drop_rate",
        "abandonment.cart.rate",
        "churn.rate",
        "retention.1",
        "retention.2",
        "retention.3",
        "retention.7",  # an objective asks for it
        "support.share",
        "nps",
        "emotion",
        "emotion.intent",
    ]


def test_less_drop_off_churn_and_waiting_is_better(tmp_path: Path) -> None:
    config = read(tmp_path, 'metric = "nps"\ntarget = 1\nby = 2025-01-01')
    found = metrics(config).values()
    assert {one.name for one in found if one.direction == "down"} == {
        "journeys.duration",
        "funnel.shop.view.drop_rate",
        "funnel.shop.cart or quote.drop_rate",
        "abandonment.cart.rate",
        "churn.rate",
        "support.share",
    }


BY = "target = 0.4\nby = 2025-01-01\n"
MISTAKES = {
    "metric": (
        'metric = "funnel.shop.conversions"',
        "metric: no metric 'funnel.shop.conversions' here;"
        " did you mean 'funnel.shop.conversion'?",
    ),
    "nothing near": (
        'metric = "§§§"',
        "metric: no metric '§§§' here; see meta_metrics",
    ),
    "period": (
        'metric = "churn.rate"\nperiod = "week"',
        'period: churn.rate is told by month; write period = "month", or leave it out',
    ),
    "two slices": (
        'metric = "nps"\npersona = "p1"\nsegment = { device = "mobile" }',
        "persona and segment stand side by side; keep one of them",
    ),
    "segment": (
        'metric = "nps"\nsegment = { size = "big" }',
        "segment: 'size' is no segment; add it to segments",
    ),
    "outcome": (
        'metric = "nps"\nsegment = { outcome = "converted" }',
        "segment: outcome slices no objective; choose another segment",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_in_one_line(mistake: str, tmp_path: Path) -> None:
    settings, message = MISTAKES[mistake]
    with pytest.raises(ConfigError) as told:
        read(tmp_path, BY + settings)
    line = str(told.value)
    assert line.endswith(message)
    assert "objectives.aim" in line
    assert "\n" not in line


def test_a_step_may_be_named_by_its_number(
    project: SetProject, result_of: ResultOf
) -> None:
    project(
        """
        [funnels.shop]
        steps = ["view", "cart", "paid"]
        [objectives.aim]
        metric = "funnel.shop.2.drop_rate"
        target = 0.1
        by = 2025-01-01
        segment = { device = "mobile" }
        owner = "Ann"
        """
    )
    assert result_of(
        "cfg_objectives inner join cfg_metrics"
        " on cfg_objectives.metric_index = cfg_metrics.metric_index",
        "metric, period_kind, cfg_objectives.direction, segment, segment_value, owner",
    ) == [("funnel.shop.cart.drop_rate", "month", "down", "device", "mobile", "Ann")]
