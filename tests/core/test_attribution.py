"""Attribution: what each model says, of which journeys, and what a channel cost."""

from collections.abc import Iterator

import pytest
from tests.core.bench import WHOLE, Bench

from journeymine.warehouse import connect

PROJECT = """
[journey]
goal = ["order"]
[attribution]
[attribution.costs]
ads = 80
email = { "2024-02" = 5, "2024-03" = 15 }
tv = 1000
"""
LOG = """
    customer | activity | channel | source_system | occurred_at      | amount
    ann      | advert   | ads     | marketing     | 2024-02-20 10:00 |
    ann      | mail     | email   | marketing     | 2024-02-27 10:00 |
    ann      | view     | web     | web           | 2024-03-05 10:00 |
    ann      | order    | web     | web           | 2024-03-05 10:05 | 100
    bob      | mail     | email   | marketing     | 2024-03-10 10:00 |
    bob      | order    | store   | crm           | 2024-03-12 10:00 | 50
    cid      | view     | ads     | web           | 2024-03-15 10:00 |
    dot      | view     | ads     | web           | 2024-06-30 10:00 |
    eve      | order    | store   | crm           | 2024-04-01 10:00 |
"""


@pytest.fixture(scope="module")
def credited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    with connect(":memory:", threads=1) as con:
        yield begun(Bench(con, tmp_path_factory.mktemp("attribution")), PROJECT)


def begun(bench: Bench, project: str) -> Bench:
    codes = range(1, 6)
    bench.set_project(project)
    bench.given(
        stg_events=LOG,
        int_personas={"customer_code": codes, "persona": ["none"] * len(codes)},
    )
    return bench


def test_each_model_credits_the_touches_in_its_way(credited: Bench) -> None:
    rows = credited.result_of(
        "fct_attribution", "model", "channel", "credit", where=f"{WHOLE} and credit > 0"
    )
    found: dict[object, dict[object, float]] = {}
    for model, channel, credit in rows:
        found.setdefault(model, {})[channel] = round(float(str(credit)), 4)
    # Ann came by ads, email and web, bob by email; eve by nothing that is known.
    assert found == {
        "first": {"(none)": 1, "ads": 1, "email": 1},
        "last": {"(none)": 1, "email": 1, "web": 1},
        "linear": {"(none)": 1, "ads": 0.3333, "email": 1.3333, "web": 0.3333},
        "position": {"(none)": 1, "ads": 0.4, "email": 1.2, "web": 0.4},
        # A week is half a life: 1 to 2 to 4 parts.
        "time_decay": {"(none)": 1, "ads": 0.1429, "email": 1.2857, "web": 0.5714},
        "shapley": {"(none)": 1, "ads": 0.3333, "email": 1.3333, "web": 0.3333},
        # Two of three start at ads, and half of them go on to email; of email half is
        # a conversion, half goes on to web and converts there: 2/3 in all. Without ads
        # 1/3 converts, without web 1/3, without email nothing: effects 1/2, 1/2 and 1.
        "markov": {"(none)": 1, "ads": 0.5, "email": 1, "web": 0.5},
    }
    totals = credited.result_of(
        "fct_attribution",
        "distinct conversions, sum(credit) over (partition by model)",
        where=WHOLE,
    )
    assert totals == [(3, 3)]


def test_a_journey_in_progress_is_no_failure(credited: Bench) -> None:
    columns = ("channel", "touches", "journeys", "converted", "in_progress")
    where = f"{WHOLE} and model = 'markov'"
    assert credited.result_of("fct_attribution", *columns, where=where) == [
        ("(none)", 0, 1, 1, 0),
        ("ads", 2, 2, 1, 1),  # ann's and cid's; dot may still order
        ("email", 2, 2, 2, 0),
        ("tv", 0, 0, 0, 0),
        ("web", 1, 1, 1, 0),
    ]


def test_money_is_that_of_the_goals_and_costs_are_set_against_it(
    credited: Bench,
) -> None:
    columns = ("channel", "value", "spend", "cost_per_conversion", "return_on_spend")
    where = f"{WHOLE} and model = 'first'"
    # Eve's order states no amount: it is worth the mean of the others.
    assert credited.result_of("fct_attribution", *columns, where=where) == [
        ("(none)", 75, None, None, None),
        ("ads", 100, 80, 80, 1.25),
        ("email", 50, 20, 20, 2.5),
        ("tv", 0, 1000, None, 0),  # it touched nobody, as far as is known
        ("web", 0, None, None, None),
    ]
    month = "persona = 'all' and segment = 'month' and model = 'linear'"
    assert credited.result_of(
        "fct_attribution",
        *("segment_value", "channel", "spend"),
        where=f"{month} and spend is not null",
    ) == [("2024-02", "email", 5), ("2024-03", "email", 15)]


def test_paths_are_channels_in_order_with_what_came_of_them(
    credited: Bench,
) -> None:
    columns = ("path_index", "path", "journeys", "conversions", "in_progress", "value")
    assert credited.result_of(
        "fct_attribution_paths", *columns, where="persona = 'all'"
    ) == [
        (1, "(none)", 1, 1, 0, 75),
        (2, "ads > email > web", 1, 1, 0, 100),
        (3, "email", 1, 1, 0, 50),
        (4, "ads", 1, 0, 1, 0),
    ]


def test_a_value_of_the_project_is_that_of_every_conversion(bench: Bench) -> None:
    begun(bench, PROJECT.replace('["order"]', '["order"]\nvalue = 60'))
    values = bench.result_of(
        "fct_attribution", "sum(value)", where=f"{WHOLE} group by model"
    )
    assert values == [(180,)] * 7


def test_without_the_section_or_a_goal_nothing_is_credited(bench: Bench) -> None:
    begun(bench, "")
    assert bench.result_of("fct_attribution", "channel") == []
    assert bench.result_of("fct_attribution_paths", "path") == []
    begun(bench, "[attribution]")
    columns = "sum(credit), sum(conversions), sum(value), sum(journeys) > 0"
    assert bench.result_of("fct_attribution", columns) == [(0, 0, 0, True)]
