"""Attribution and what-if on the page, drawn from a few rows."""

import json
import random
import re
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import pytest
from tests.report.credited import DISPUTED, MODELS, credits
from tests.report.published import Rows, publish
from tests.report.whatif_drawn import WHOLE, drawn_moves

from journeymine.report import write_report
from journeymine.report.whatif.marks import scale_of
from journeymine.report.whatif.material import as_json

HOSTILE = "</script><script>alert(1)</script><!--\N{LINE SEPARATOR}&amp;"


def page_of(folder: Path, tables: Rows) -> str:
    database = publish(folder / "journeymine.duckdb", tables)
    page = write_report(database, folder).read_text("utf-8")
    (section,) = re.findall(r'<section class="s" id="whatif">.*?</section>', page, re.S)
    return str(section)


def chain_of_pairs(moves: Mapping[tuple[str, str], int]) -> list[dict[str, object]]:
    """Return rows of the chain of all customers."""
    return [
        {"persona": "all", "from_state": one, "to_state": other, "transitions": times}
        for (one, other), times in moves.items()
    ]


def data_of(section: str) -> dict[str, Any]:  # Any: values of JSON
    (told,) = re.findall(r'id="whatif-data">(.*?)</script>', section, re.DOTALL)
    found: dict[str, Any] = json.loads(told)
    return found


def test_conversions_without_a_touch_stand_last(tmp_path: Path) -> None:
    drawn = credits({"(none)": [90.0] * 7, "web": [10.0] * 7})
    section = page_of(tmp_path, {"fct_attribution": drawn})
    names = re.findall(r'<tr><th scope="row"><bdi>(.*?)</bdi>', section)
    assert names[:2] == ["Web", "No touch"]


def test_every_model_of_every_persona_has_its_figures(tmp_path: Path) -> None:
    drawn = [*credits(DISPUTED), *credits({"web": [7.5] * 7, "ads": [2.5] * 7}, "p2")]
    personas = [
        {"persona": key, "persona_name": key, "customers": 9} for key in ("p1", "p2")
    ]
    tables: Rows = {"fct_attribution": drawn, "dim_personas": personas}
    section = page_of(tmp_path, tables)
    told = data_of(section)["credits"]
    for persona, order in {"all": "ads web email", "p2": "web ads"}.items():
        for model in MODELS:
            own = {
                str(row["channel"]): f"{row['credit']:,.1f}"
                for row in drawn
                if (row["persona"], row["model"]) == (persona, model)
            }
            figures = [one[0] for one in told[persona][model]]
            assert figures == [own[channel] for channel in order.split()]
    assert "No conversion to credit" in section  # of p1


def test_scenarios_stand_in_a_table_without_scripts(tmp_path: Path) -> None:
    place = {"funnel": "order", "persona": "all", "period": "all", "step": "cart"}
    steps = [{"funnel": "order", "step_index": index} for index in (1, 2)]
    units = dict.fromkeys(["entered", "reached"], 90)
    units |= dict.fromkeys(["dropped", "excluded", "in_progress"], 0)
    scenario = {
        **place, "step_index": 1, "scenario": "best_persona", "at_risk": 400,
        "dropped": 100, "converted": 200,
        "drop_rate": 0.25, "new_rate": 0.125, "uplift": 41.25, "uplift_low": -2.0,
        "uplift_high": 84.5, "value": 12_345.0,
    }  # fmt: skip
    funnel = [
        {**WHOLE, **step, **units, "persona": "all", "step": "x"} for step in steps
    ]
    moves = [{"persona": "all", "from_state": "$start", "to_state": "$converted"}]
    tables: Rows = {
        "meta_run": [{"name": "currency", "value": "EUR"}],
        "meta_funnels": [{**step, "funnel_index": 1, "step": "x"} for step in steps],
        "fct_funnel": funnel,
        "fct_chain": [{**move, "transitions": 3} for move in moves],
        "fct_scenarios": [scenario],
    }
    section = page_of(tmp_path, tables)
    row = section[section.index("<bdi>Cart</bdi>") :].split("</tr>")[0]
    assert re.findall(r"<td>(.*?)</td>", row) == [
        *("Order", "As the best persona", "25.0%", "400", "12.5%", "+41.2"),
        *("\N{MINUS SIGN}2.0 to +84.5", "about +€12k"),
    ]


def test_no_name_ends_the_element_with_the_data(tmp_path: Path) -> None:
    told = as_json({"states": [HOSTILE]})
    assert not set("<>&\N{LINE SEPARATOR}") & set(told)
    assert json.loads(told) == {"states": [HOSTILE]}
    moves = (("$start", HOSTILE), (HOSTILE, "$converted"))
    section = page_of(tmp_path, {"fct_chain": chain_of_pairs(dict.fromkeys(moves, 3))})
    assert section.count("<script") == 1
    assert HOSTILE in data_of(section)["states"]


def test_an_activity_of_any_name_is_a_state_of_its_own(tmp_path: Path) -> None:
    moves = {("$start", "left"): 9, ("left", "$converted"): 5, ("left", "$exited"): 3}
    moves |= {("left", "$abandoned"): 1}
    section = page_of(tmp_path, {"fct_chain": chain_of_pairs(moves)})
    told = data_of(section)
    assert told["states"] == ["$start", "$converted", "$abandoned", "Left"]
    assert told["personas"]["all"]["moves"] == [0, 3, 9, 3, 2, 1, 3, 1, 5, 3, 2, 3]


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    section = page_of(tmp_path, {})
    assert "Set [attribution] and the goal of [journey] in the project file" in section
    assert "There is no journey that has ended" in section
    assert "<table" not in section


def test_what_is_withheld_is_not_said_to_be_missing(tmp_path: Path) -> None:
    database = publish(
        tmp_path / "journeymine.duckdb",
        {"meta_run": [{"name": "min_cell", "value": "7"}]},
    )
    with duckdb.connect(str(database)) as con:
        con.execute("create schema withheld")
        con.execute("create or replace table meta_suppressed (one integer)")
        for name in ("attribution", "attribution_paths", "chain", "scenarios"):
            con.execute(f"create table withheld.fct_{name} as from main.fct_{name}")
            con.execute(f"drop table main.fct_{name}")
    page = write_report(database, tmp_path).read_text("utf-8")
    said = "Withheld: these figures would tell of fewer than 7 people."
    assert page.count(said) == 2
    assert "Set [attribution]" not in page


def test_the_order_of_rows_does_not_matter(tmp_path: Path) -> None:
    moves = {(one, other): times for one, other, times in drawn_moves(1)}
    chain = chain_of_pairs(moves)
    tables = {"fct_attribution": credits(DISPUTED), "fct_chain": chain}
    pages = []
    for seed in (1, 2):
        (tmp_path / str(seed)).mkdir()
        rng = random.Random(seed)
        mixed = {name: rng.sample(rows, len(rows)) for name, rows in tables.items()}
        pages.append(page_of(tmp_path / str(seed), mixed))
    assert pages[0] == pages[1]


@pytest.mark.parametrize(("most", "last"), [(0.9, 1), (7, 8), (42, 50), (730, 800)])
def test_the_scale_ends_at_a_round_number(most: float, last: float) -> None:
    scale = scale_of([SimpleNamespace(credit=most, credit_high=None)])
    assert scale[0] == 0
    assert scale[-1] == pytest.approx(last)
    assert 3 <= len(scale) <= 6
