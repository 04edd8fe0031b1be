"""The ways to and from an anchor: who comes from where, and goes on to what."""

import pytest
from tests.core.bench import WHOLE, Bench, Given, ResultOf, SetProject

PROJECT = """
[journey]
goal = "order"
exits = { lost = "cancel" }
"""
EVENTS = """
    customer | activity | occurred_at
    ann      | view     | 2024-05-01 09:00
    ann      | cart     | 2024-05-01 09:01
    ann      | view     | 2024-05-01 09:02
    ann      | cart     | 2024-05-01 09:03
    ann      | order    | 2024-05-01 09:04
    bob      | cart     | 2024-05-01 09:00
    bob      | cancel   | 2024-05-01 09:01
    cid      | mail     | 2024-06-30 09:00
    cid      | view     | 2024-06-30 09:01
    cid      | cart     | 2024-06-30 09:02
    dot      | view     | 2024-05-01 09:00
"""
FLOW = ("distance", "from_activity", "to_activity", "journeys")


def test_the_ways_to_and_from_the_first_time_at_an_anchor(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(PROJECT + '[paths]\nanchors = "cart"\nsteps = 2')
    given(stg_events=EVENTS)
    assert result_of("fct_anchored_paths", *FLOW, where=WHOLE) == [
        (-2, "$start", "view", 1),
        (-2, "mail", "view", 1),
        (-1, "$start", "cart", 1),
        (-1, "view", "cart", 2),
        (1, "cart", "$open", 1),  # in progress: nobody knows what comes next
        (1, "cart", "cancel", 1),
        (1, "cart", "view", 1),  # the cart for the second time is no anchor
        (2, "cancel", "$end", 1),
        (2, "view", "cart", 1),
    ]
    assert result_of(
        "fct_anchored_paths", "distinct anchor, direction, step_index", where=WHOLE
    ) == [("cart", side, step) for side in ("after", "before") for step in (1, 2)]


def test_the_goals_are_the_anchors_unless_others_are_named(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(PROJECT)
    given(stg_events=EVENTS)
    assert result_of("fct_anchored_paths", "distinct anchor") == [("order",)]
    assert result_of(
        "fct_anchored_paths", "min(distance), max(distance)", where=WHOLE
    ) == [(-5, 1)]
    project("")
    given(stg_events=EVENTS)
    assert result_of("fct_anchored_paths", "*") == []  # no goal, no anchor


def test_no_more_than_30_activities_stand_at_a_distance(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project('[paths]\nanchors = "cart"\nsteps = 2')
    rows = [
        (f"u{activity}{time}", name)
        for activity in range(33)
        for time in range(1 + (activity < 30))  # the last three are less frequent
        for name in ("cart", f"a{activity:02}", "bye")
    ]
    given(
        stg_events={
            "customer": [row[0] for row in rows],
            "activity": [row[1] for row in rows],
            "occurred_at": [f"2024-05-01 09:00:{n % 3:02}" for n in range(len(rows))],
        }
    )
    found = result_of(
        "fct_anchored_paths", *FLOW[1:], "from_others", "to_others", where=WHOLE
    )
    assert ("cart", "$other", 3, 0, 3) in found
    assert ("$other", "bye", 3, 3, 0) in found
    assert ("cart", "a29", 2, 0, 0) in found
    assert len([row for row in found if row[0] == "cart"]) == 31


@pytest.mark.parametrize("side", [1, -1])
def test_as_many_journeys_come_to_a_node_as_go_on(
    bench: Bench, side: int, project: SetProject, given: Given
) -> None:
    project(PROJECT + '[paths]\nanchors = ["cart", "view"]')
    given(stg_events=EVENTS)
    bench.build("fct_anchored_paths")
    near, far = ("from_activity", "to_activity")[::side]
    slice_ = "anchor, persona, segment, segment_value"
    reached, left = (
        bench.con.execute(
            f"select {slice_}, {node}, abs(distance) + {shift}, sum(journeys)"
            f" from fct_anchored_paths where sign(distance) = {side}"
            f" and {node} not in ('$start', '$end', '$open') and abs(distance) {within}"
            " group by all order by all"
        ).fetchall()
        for node, shift, within in ((far, 1, "< 5"), (near, 0, "> 1"))
    )
    assert reached == left != []
