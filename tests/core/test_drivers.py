"""What counts as known of an attempt at its landmark, and which attempts are judged."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from tests.core.bench import Bench, Given, ResultOf, SetProject

from journeymine.config import Config
from journeymine.config_drivers import Drivers
from journeymine.warehouse import connect

PROJECT = """
[project]
name = "Test"
as_of = 2024-07-01T00:00:00Z
segments = ["device"]
[journey]
goal = ["buy"]
[funnels.shop]
steps = ["cart", { any = "coupon", optional = true }, "pay", "buy"]
window = "2 days"
"""
ATTEMPTS = """
int_driver_landmarks
inner join int_set_customers
    on int_driver_landmarks.customer_code = int_set_customers.customer_code
"""
WHO = "replace(identifiers, 'user_id=', '')"
KNOWN = """
py_driver_activities
inner join int_driver_landmarks
    on py_driver_activities.landmark_code = int_driver_landmarks.landmark_code
inner join int_set_customers
    on int_driver_landmarks.customer_code = int_set_customers.customer_code
inner join py_driver_places
    on (activities >> (place - 1)) & 1 = 1
inner join int_activities
    on py_driver_places.activity_code = int_activities.activity_code
"""
LOG = """
    customer | activity | occurred_at      | device  | is_customer
    ann      | view     | 2024-03-01 10:00 | tablet  | true
    ann      | view     | 2024-03-20 10:00 | mobile  | true
    ann      | help     | 2024-03-20 10:05 |         | true
    ann      | mail     | 2024-03-20 10:06 |         | false
    ann      | cart     | 2024-03-20 10:10 | mobile  | true
    ann      | chat     | 2024-03-20 10:10 |         | true
    ann      | error    | 2024-03-20 10:12 |         | true
    ann      | pay      | 2024-03-20 10:20 | desktop | true
    ann      | buy      | 2024-03-20 10:21 | desktop | true
    bob      | cart     | 2024-03-20 10:00 | mobile  | true
    bob      | cart     | 2024-03-25 10:00 |         | true
    bob      | error    | 2024-03-25 10:02 |         | true
    bob      | coupon   | 2024-03-25 10:03 |         | true
    bob      | pay      | 2024-03-25 11:00 |         | true
    cid      | cart     | 2024-06-30 10:00 |         | true
    cid      | pay      | 2024-06-30 10:01 |         | true
"""

AGAIN = "".join(
    f"    dot | cart | 2024-0{1 + cart // 8}-{1 + cart % 8 * 3:02} 10:00 | | true\n"
    for cart in range(30)
)
OTHERS = "identifiers <> 'user_id=dot'"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """Yield the log above, with its drivers looked for."""
    with connect(":memory:", threads=1) as con:
        bench = Bench(con, tmp_path_factory.mktemp("shop"))
        bench.set_project(PROJECT + "[drivers]")
        bench.given(stg_events=LOG + AGAIN)
        bench.build("fct_drivers")
        yield bench


def test_each_attempt_is_judged_at_each_step_that_it_reached(shop: Bench) -> None:
    columns = (WHO, "attempt_index", "step_index", "is_converted")
    assert shop.result_of(ATTEMPTS, *columns, where=OTHERS) == [
        ("ann", 1, 1, True),
        ("ann", 1, 3, True),  # the optional step is none
        ("bob", 1, 1, False),  # the window had ended before it came back
        ("bob", 2, 1, True),
        ("bob", 2, 3, False),
        # The third went on, but its window has not ended: who is slower is not known.
    ]


def test_a_unit_counts_with_its_first_20_attempts(shop: Bench) -> None:
    last = shop.result_of("int_driver_landmarks", "max(attempt_index)")
    assert last == [(20,)]


def test_only_what_happened_before_the_landmark_counts(shop: Bench) -> None:
    first = f"step_index = 1 and {OTHERS}"
    assert shop.result_of(KNOWN, WHO, "activity", where=first) == [
        ("ann", "cart"),  # the step itself, not the chat at the same moment
        ("ann", "help"),
        ("ann", "mail"),
        ("ann", "view"),  # that of 20 March: the other is longer ago than the window
        ("bob", "cart"),
        ("bob", "cart"),
    ]
    third = "step_index = 3 and identifiers = 'user_id=ann'"
    told = shop.result_of(KNOWN, "activity", "events", where=third)
    known = ["cart", "chat", "error", "help", "mail", "pay", "view"]
    assert [row[0] for row in told] == known
    assert {row[1] for row in told} == {6}  # the mail is not the customer's own


def test_an_attribute_has_the_latest_value_before_the_landmark(shop: Bench) -> None:
    told = ATTEMPTS + "inner join py_driver_attributes using (landmark_code)"
    assert shop.result_of(told, WHO, "step_index", "segment_value") == [
        ("ann", 1, "mobile"),
        ("ann", 3, "desktop"),
        ("bob", 1, "mobile"),
    ]


def test_a_later_landmark_takes_who_still_waits_and_what_came_meanwhile(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(PROJECT + '[drivers]\nlandmark = "15 minutes"')
    given(stg_events=LOG)
    result_of("fct_drivers", "*")
    waiting = result_of(ATTEMPTS, WHO, "attempt_index", "step_index")
    assert waiting == [("bob", 1, 1), ("bob", 2, 1), ("bob", 2, 3)]
    known = result_of(KNOWN, "attempt_index", "activity", where="step_index = 1")
    assert known == [(1, "cart"), (2, "cart"), (2, "coupon"), (2, "error")]


def test_a_persona_counts_once_the_watch_that_made_it_has_ended(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(PROJECT + "[drivers]")
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | cart     | 2024-03-01 10:00
            ann      | cart     | 2024-03-31 09:59
            ann      | cart     | 2024-04-03 10:00
            bob      | cart     | 2024-03-01 10:00
            bob      | buy      | 2024-03-02 10:00
            bob      | cart     | 2024-03-05 10:00
        """,
        int_persona_brinks={"activity_code": []},
        int_personas="""
            customer_code | persona
            1             | p1
            2             | p1
        """,
    )
    found = result_of(ATTEMPTS, WHO, "attempt_index", "persona")
    assert found == [
        ("ann", 1, "(not yet)"),
        ("ann", 2, "(not yet)"),
        ("ann", 3, "p1"),  # 30 days after the first event
        ("bob", 1, "(not yet)"),
        ("bob", 2, "p1"),  # after the first goal
    ]


def test_nobody_is_looked_at_without_the_section(
    project: SetProject, given: Given, result_of: ResultOf, bench: Bench
) -> None:
    project(PROJECT)
    given(stg_events=LOG)
    assert result_of("fct_drivers", "*") == []
    assert result_of("py_driver_attempts", "*") == []
    assert result_of("py_driver_places", "*") == []


def test_a_landmark_lies_within_the_window_of_each_funnel(bench: Bench) -> None:
    with pytest.raises(ValueError, match=r"landmark: is not before the end of funnels"):
        bench.set_project(PROJECT + '[drivers]\nlandmark = "2 days"')


def test_the_settings_have_defaults() -> None:
    assert Config.model_fields["drivers"].default is None
    assert Drivers() == Drivers(max_activities=60, min_units=30)
    assert Drivers.model_validate({"lookback": "3 days"}).lookback == timedelta(days=3)
