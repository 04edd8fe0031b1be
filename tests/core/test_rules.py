"""What rules of the project file say of events."""

import pytest
from pydantic import ValidationError
from tests.core.bench import WHOLE, Bench, Given, ResultOf, SetProject

from journeymine.report.journey_map.cells import touchpoints
from journeymine.report.journey_map.queries import TOUCHPOINTS
from journeymine.report.reader import Tables

RULES = """
[[rules]]
match = { activity = "view_*", path = ["/blog/*", "/news"] }
touchpoint = "Magazine"
stage = "awareness"
[[rules]]
match = { activity = ["view_page", "view_item"] }
touchpoint = "Shop"
channel = "store front"
[stages]
interest = ["view_page", "buy"]
"""
LOG = """
    customer | activity  | path                        | occurred_at
    ann      | view_page | /blog/one?from=mail#top     | 2024-05-01 09:00
    ann      | view_page | https://shop.example/blog/2 | 2024-05-01 09:01
    ann      | view_page | /news/2                     | 2024-05-01 09:02
    ann      | buy       | /blog/one                   | 2024-05-01 09:03
    ann      | viewed    |                             | 2024-05-01 09:04
"""


def test_the_first_rule_that_matches_names_touchpoint_channel_and_stage(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(RULES)
    given(stg_events=LOG)
    assert result_of("fct_events", "event_index", "touchpoint", "channel", "stage") == [
        (1, "Magazine", "web", "awareness"),
        (2, "Magazine", "web", "awareness"),
        (3, "Shop", "store front", "interest"),
        (4, "buy · web", "web", "interest"),
        (5, "viewed · web", "web", None),
    ]
    assert result_of(
        "fct_touchpoints", "touchpoint, stage, rule_index, events", where=WHOLE
    ) == [
        ("Magazine", "awareness", 1, 2),
        ("Shop", "interest", 2, 1),
        ("buy · web", "interest", 0, 1),
        ("viewed · web", None, 0, 1),
    ]


def test_a_touchpoint_of_several_activities_counts_a_customer_once(
    bench: Bench,
) -> None:
    bench.set_project("""
[[rules]]
match = { activity = ["read", "look"], channel = ["web", "app"] }
touchpoint = "Magazine"
[stages]
interest = ["read", "look", "buy"]
""")
    bench.given(
        stg_events="""
            customer | activity | channel | occurred_at      | is_customer
            ann      | read     | web     | 2024-05-01 09:00 | true
            ann      | look     | app     | 2024-05-01 09:01 | true
            ann      | read     | store   | 2024-05-01 09:02 | true
            bob      | look     | app     | 2024-05-01 09:00 | true
            bob      | look     | web     | 2024-05-01 09:01 | false
            bob      | look     | app     | 2024-06-30 09:00 | true
        """,
    )
    assert bench.result_of(
        "fct_touchpoints",
        "touchpoint, activity, channel, actor, events, journeys, customers",
        where=WHOLE,
    ) == [
        ("Magazine", None, None, "company", 1, 1, 1),
        ("Magazine", None, None, "customer", 4, 3, 2),
        ("read · store", "read", "store", "customer", 1, 1, 1),
    ]
    told = Tables(bench.con, bench.folder).rows(TOUCHPOINTS)
    shown, _ = touchpoints([row for row in told if row.persona == "all"], 2)
    assert [(one.name, one.channel, one.customers) for one in shown] == [
        ("Magazine", "several channels", "2"),
        ("Read", "store", "1"),
    ]


def test_what_no_rule_and_no_stage_knows_is_listed(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(RULES)
    given(stg_events=LOG)
    assert result_of("meta_unmatched", "*") == [("viewed", "web", 1, 0.2)]
    project("")
    given(stg_events=LOG)
    assert result_of("meta_unmatched", "*") == []


@pytest.mark.parametrize(
    ("days", "named"),
    [
        ("since = 2024-05-02", [False, True, True]),
        ("until = 2024-05-02", [True, False, False]),
        ("since = 2024-05-02\nuntil = 2024-05-03", [False, True, False]),
    ],
)
def test_a_rule_holds_on_its_days_in_the_projects_zone(
    days: str, named: list[bool], project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(f"""
[project]
name = "Test"
timezone = "Europe/Berlin"
as_of = 2024-07-01T00:00:00Z
[[rules]]
match = {{ activity = "view" }}
touchpoint = "New"
{days}
""")
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | view     | 2024-05-01 21:59:59+00
            ann      | view     | 2024-05-01 22:00:00+00
            ann      | view     | 2024-05-02 22:00:00+00
        """,
    )
    found = result_of("fct_events", "event_index", "touchpoint = 'New'")
    assert [is_new for _, is_new in found] == named


def test_a_pattern_takes_only_the_star_for_more_than_itself(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project("""
[[rules]]
match = { "the name" = "50%_o'*" }
touchpoint = "Sale"
""")
    given(
        stg_events={
            "customer": ["ann"] * 3,
            "activity": ["view"] * 3,
            "occurred_at": [f"2024-05-01 09:0{minute}" for minute in range(3)],
            "the name": ["50%_o'clock", "500_o'clock", "50%xo'clock"],
        },
    )
    assert result_of("fct_events", "event_index", "touchpoint") == [
        (1, "Sale"),
        (2, "view · web"),
        (3, "view · web"),
    ]


def test_an_event_of_stage_retention_by_a_rule_is_aftermath(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project("""
[journey]
goal = ["order"]
[[rules]]
match = { path = "/account/*" }
stage = "retention"
""")
    given(
        stg_events="""
            customer | activity | path       | occurred_at
            ann      | order    | /          | 2024-05-01 09:00
            ann      | view     | /account/1 | 2024-05-01 09:01
            ann      | view     | /shop      | 2024-05-01 09:02
        """,
    )
    assert result_of("int_journeys", "journey_index, events, aftermath_events") == [
        (1, 2, 1),
        (2, 1, 0),
    ]


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ('match = { activity = "a" }', "says nothing"),
        ('match = {}\nstage = "x"', "at least 1"),
        (
            'match = { a = "b" }\nstage = "x"\nsince = 2024-01-02\nuntil = 2024-01-02',
            "until: must be a later day",
        ),
    ],
)
def test_a_rule_that_cannot_be_meant_is_refused(
    rule: str, message: str, project: SetProject
) -> None:
    with pytest.raises(ValidationError, match=message):
        project(f"[[rules]]\n{rule}")
