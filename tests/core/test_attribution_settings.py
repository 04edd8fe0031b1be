"""Settings of attribution: what they mean, and which of them say nothing."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from tests.core.test_conformance_settings import refused, written

from journeymine.project_file import load_config


def test_a_cost_is_of_the_whole_or_of_months(tmp_path: Path) -> None:
    settings = """
    [attribution]
    lookback = "60 days"
    ignore = "email_sent"
    [attribution.costs]
    email = 1200.5
    "social media" = { "2024-04" = 400, "2024-05" = 0 }
    """
    asked = load_config(written(tmp_path, settings)).attribution
    assert asked is not None
    assert (asked.lookback, asked.half_life) == (timedelta(60), timedelta(7))
    assert asked.ignore == ("email_sent",)
    assert asked.costs == {
        "email": {"all": Decimal("1200.5")},
        "social media": {"2024-04": Decimal(400), "2024-05": Decimal(0)},
    }


def test_without_the_section_nothing_is_credited(tmp_path: Path) -> None:
    assert load_config(written(tmp_path, "")).attribution is None


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        (
            'lookback = "long"',
            "attribution.lookback: 'long' is not a length of time; write for example"
            ' "30 minutes"',
        ),
        (
            "halflife = 7",
            "attribution.halflife: unknown setting; did you mean 'half_life'?",
        ),
        (
            'costs = { ads = { "April" = 3 } }',
            "attribution.costs.ads: 'April' is no month; write for example \"2024-04\"",
        ),
        (
            "costs = { ads = -3 }",
            "attribution.costs.ads: -3 is no amount; write for example 1200.0",
        ),
        (
            'costs = { ads = "much" }',
            "attribution.costs.ads: 'much' is no amount; write for example 1200.0",
        ),
    ],
)
def test_a_mistake_is_one_line(tmp_path: Path, settings: str, line: str) -> None:
    assert refused(tmp_path, f"[attribution]\n{settings}") == line
