"""The example of docs/conversion.md is what a run makes of it."""

import re
from pathlib import Path

import pytest
from tests.core.bench import WHOLE, Bench

PAGE = (Path(__file__).parents[2] / "docs" / "conversion.md").read_text("utf-8")
BLOCKS = dict(re.findall(r"```(\w*)\n(.*?)```", PAGE, re.DOTALL))
VALUES = dict(re.findall(r"^\| `(\w*rate\w*)` \| ([\d.]+) % \|", PAGE, re.MULTILINE))


def test_the_example_of_the_page_is_what_a_run_makes_of_it(bench: Bench) -> None:
    bench.set_project(BLOCKS["toml"])
    bench.given(stg_events=BLOCKS[""])
    names = ("rate_observed", "rate_mature", "rate_km", "conversion_rate")
    ((*rates, basis, at_risk, median),) = bench.result_of(
        "fct_funnel",
        *names,
        "conversion_rate_basis, at_risk_at_window, seconds_to_convert_p50",
        where=f"{WHOLE} and step_index = 2",
    )
    assert tuple(VALUES) == names
    assert [100 * float(str(rate)) for rate in rates] == pytest.approx(
        [float(value) for value in VALUES.values()]
    )
    assert (basis, at_risk) == ("rate_mature", 1)
    assert f"`seconds_to_convert_p50` = {median:.0f} " in PAGE
