"""Which journeys are compared with which expected journey, and where it is stated."""

from pathlib import Path

import pytest
from tests.core.bench import WHOLE, Given, ResultOf, SetProject
from tests.core.expected_project import DEVIATIONS, JOURNEYS, MARTS, NAME, PROJECT

from journeymine.conformance import step as conformance_step


def test_a_persona_has_its_own_expected_journey_or_that_of_everybody(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    own = '[expected.p2]\nsteps = ["cart", "order"]'
    project(PROJECT.format(expected=f'steps = ["view", "order"]\n{own}'))
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | view     | 2024-05-01 08:00
            ann      | order    | 2024-05-01 08:01
            bob      | view     | 2024-05-01 08:00
            bob      | order    | 2024-05-01 08:01
        """,
    )
    people = result_of("int_set_customers", "identifiers, customer_code")
    given(
        int_personas={
            "customer_code": [code for _, code in people],
            "persona": ["p1", "p2"],
        }
    )
    assert result_of(JOURNEYS, f"{NAME}, expected, cost") == [
        ("ann", "all", 0),
        ("bob", "p2", 1),
    ]
    assert result_of(
        "fct_deviations", "persona, expected, kind, step", where="segment = 'all'"
    ) == [("all", "p2", "skipped", "cart"), ("p2", "p2", "skipped", "cart")]


def test_without_an_expected_journey_the_tables_are_empty(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(PROJECT.replace("[expected]\n{expected}", ""))
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | view     | 2024-05-01 08:00
        """,
    )
    for mart in MARTS:
        assert result_of(mart, "*") == []


def test_a_journey_that_is_too_long_is_not_judged(
    project: SetProject,
    given: Given,
    result_of: ResultOf,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(conformance_step, "LONGEST_PATH", 3)
    project(PROJECT.format(expected='steps = ["view", "order"]'))
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | view     | 2024-05-01 08:00
            ann      | view     | 2024-05-01 08:01
            ann      | view     | 2024-05-01 08:02
            ann      | order    | 2024-05-01 08:03
            bob      | view     | 2024-05-01 08:00
            bob      | order    | 2024-05-01 08:01
        """,
    )
    assert result_of(JOURNEYS, f"{NAME}, steps, cost, fitness, is_conforming") == [
        ("ann", 4, None, None, None),
        ("bob", 2, 0, 1, True),
    ]
    assert result_of(
        "fct_conformance", "journeys, judged, conforming_share", where=WHOLE
    ) == [(2, 1, 1)]


BPMN = """<?xml version="1.0"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
 <process id="expected">
  <startEvent id="s"/>
  <task id="t1" name="view"/>
  <exclusiveGateway id="g1"/>
  <task id="t2" name="cart"/>
  <exclusiveGateway id="g2"/>
  <task id="t3" name="order"/>
  <endEvent id="e"/>
  <sequenceFlow id="f1" sourceRef="s" targetRef="t1"/>
  <sequenceFlow id="f2" sourceRef="t1" targetRef="g1"/>
  <sequenceFlow id="f3" sourceRef="g1" targetRef="t2"/>
  <sequenceFlow id="f4" sourceRef="g1" targetRef="g2"/>
  <sequenceFlow id="f5" sourceRef="t2" targetRef="g2"/>
  <sequenceFlow id="f6" sourceRef="g2" targetRef="t3"/>
  <sequenceFlow id="f7" sourceRef="t3" targetRef="e"/>
 </process>
</definitions>
"""


def test_a_bpmn_file_states_the_expected_journey(
    project: SetProject, given: Given, result_of: ResultOf, tmp_path: Path
) -> None:
    path = tmp_path / "expected.bpmn"
    path.write_text(BPMN, encoding="utf-8")
    project(PROJECT.format(expected=f'bpmn = "{path}"\nnever = "ticket"'))
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | view     | 2024-05-01 08:00
            ann      | read     | 2024-05-01 08:01
            ann      | order    | 2024-05-01 08:02
            bob      | cart     | 2024-05-01 08:00
            bob      | ticket   | 2024-05-01 08:01
            bob      | view     | 2024-05-01 08:02
            cid      | view     | 2024-06-28 08:02
        """,
    )
    assert result_of(DEVIATIONS, f"{NAME}, kind, step, rule") == [
        ("bob", "forbidden", "ticket", "never"),
        ("bob", "inserted", "cart", "task"),
        ("bob", "unfinished", "order", "task"),
    ]
    assert result_of(JOURNEYS, f"{NAME}, cost, fitness") == [
        ("ann", 0, 1),
        ("bob", 3, pytest.approx(2 / 5)),
        ("cid", 0, 1),
    ]


def test_ways_through_the_expected_journey_are_told_with_their_deviations(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    steps = '["view", { any = ["card", "cash"], name = "pay" }, "order"]'
    project(PROJECT.format(expected=f'steps = {steps}\nnever = "error"'))
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | view     | 2024-05-01 08:00
            ann      | card     | 2024-05-01 08:01
            ann      | order    | 2024-05-01 08:02
            bob      | view     | 2024-05-01 08:00
            bob      | cash     | 2024-05-01 08:01
            bob      | order    | 2024-05-01 08:02
            cid      | cash     | 2024-05-01 08:00
            cid      | error    | 2024-05-01 08:01
            cid      | error    | 2024-05-01 08:02
            cid      | view     | 2024-05-01 08:03
            dan      | help     | 2024-06-28 08:03
        """,
    )
    lost = "wrong_order pay, unfinished order, forbidden error"
    assert result_of(
        "fct_expected_variants",
        "variant_index, variant, ending, journeys, share, cost, fitness, deviations",
    ) == [
        (1, "view > pay > order", "converted", 2, 0.5, 0, 1, ""),
        (2, "pay > error > error > view", "lost", 1, 0.25, 5, 2 / 7, lost),
        (3, "", "open", 1, 0.25, 0, 1, ""),
    ]
