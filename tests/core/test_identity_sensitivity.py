"""How far conversions rest on links that are only probable, and who is told so."""

import json
from pathlib import Path

import pytest
from tests.core.bench import Bench

from journeymine.cli_options import tell_published
from journeymine.identity_sensitivity import sensitivity_facts
from journeymine.publish import Published

LINKAGE = """
[identity.linkage]
identifier = "contact_id"
compare = { name = "name", born = "date", town = "text" }
"""
UNITS = """
    funnel   | unit_code | customer_code | state
    checkout | 1         | 1             | converted
    checkout | 2         | 2             | converted
    checkout | 3         | 3             | dropped
    checkout | 4         | 4             | in_progress
    renewal  | 1         | 1             | dropped
"""


def facts(bench: Bench, uncertain: str) -> object:
    bench.set_project(LINKAGE)
    bench.given(
        int_funnel_units=UNITS,
        int_identity_confidence=f"customer_code | confidence\n{uncertain}",
    )
    return sensitivity_facts(bench.con, bench.context.config)


def test_conversion_is_told_with_and_without_uncertain_customers(bench: Bench) -> None:
    assert facts(bench, "1 | 0.9") == {
        "identity_sensitivity": [
            {
                "funnel": "checkout",
                "conversion": 0.5,
                "certain": pytest.approx(1 / 3),
                "uncertain": 0.25,
            },
            {"funnel": "renewal", "conversion": 0, "certain": None, "uncertain": 1},
        ]
    }


def test_nothing_is_told_where_the_project_compares_no_records(bench: Bench) -> None:
    assert sensitivity_facts(bench.con, bench.context.config) == {}


@pytest.mark.parametrize("as_json", [False, True])
def test_a_run_prints_how_far_conversions_rest_on_probable_links(
    *, as_json: bool, bench: Bench, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = facts(bench, "1 | 0.9")
    assert isinstance(told, dict)
    manifest = {"warnings": [], "loads": {"records": 5, "accepted": 5}, **told}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    tell_published(Published(tmp_path), as_json=as_json)
    printed = capsys.readouterr().out
    if as_json:
        assert json.loads(printed)["identity_sensitivity"][0]["uncertain"] == 0.25
    else:
        assert [line for line in printed.splitlines() if "identity" in line] == [
            "identity  checkout: 50.0% convert; 33.3% without the 25.0%"
            " whom only a probable link holds together",
            "identity  renewal: 0.0% convert; nobody without the 100.0%"
            " whom only a probable link holds together",
        ]
