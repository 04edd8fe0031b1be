"""The sample's planted incident is first, every finding has its rows, and what-if."""

import json

import pytest
from tests.e2e.running import SAMPLE, journeymine

PROJECT = SAMPLE / "journeymine.toml"


@pytest.fixture
def asked(sample):
    """Return a function that asks what if, of the published sample."""

    def ask(*arguments):
        return journeymine(
            *("what-if", *arguments, "--project", PROJECT, "--output", sample.output)
        )

    return ask


def test_the_planted_incident_is_rank_1_in_its_place_and_month(sample):
    (found,) = sample.rows(
        "select place, segment, segment_value, period, is_significant, uplift_low > 0"
        " from fct_pain_points where rank = 1"
    )
    place = "payment_info_entered > payment_failed"
    assert found == (place, "device", "mobile", "2024-04-01", True, True)


def test_the_evidence_of_each_pain_point_returns_those_lost(sample):
    told = sample.rows("select evidence, kind, observed from fct_pain_points")
    assert len(told) > 5
    for evidence, kind, observed in told:
        rows = len(sample.rows(evidence))
        assert rows == (1 if kind == "feeling" else observed), evidence


def test_the_chain_converts_as_often_as_settled_journeys_did(sample, asked):
    # Nothing changes, so what is published comes back.
    (leave,) = sample.rows(
        "select sum(probability) from fct_chain where persona = 'all'"
        " and from_state = 'cart_viewed' and to_state in ('$abandoned', '$exited')"
    )[0]
    told = json.loads(
        asked("--step", "cart_viewed", "--rate", str(leave), "--json").stdout
    )
    ((converted,),) = sample.rows(
        "select count(*) from fct_journeys"
        " where journey_kind = 'main' and outcome = 'converted'"
    )
    assert told["conversions"] == converted
    assert told["uplift"] == pytest.approx(0, abs=1e-6)


def test_what_if_agrees_with_the_standard_scenarios(sample, asked):
    rows = sample.rows(
        "select persona, step_index, new_rate, uplift, value from fct_scenarios"
        " where funnel = 'checkout' and period = 'all' and step_index = 3"
        " and scenario = 'minus_25_percent' order by persona"
    )
    assert len(rows) > 2
    for persona, step, rate, uplift, value in rows[:2]:
        told = json.loads(
            asked(
                *("--step", f"checkout.{step}", "--rate", str(rate)),
                *("--persona", persona, "--json"),
            ).stdout
        )
        assert told["uplift"] == pytest.approx(uplift)
        assert told["value"] == pytest.approx(value)


def test_what_if_is_told_in_words(asked):
    told = asked("--step", "checkout.checkout_started", "--rate", "0.1").stdout
    assert [line.split()[0] for line in told.splitlines()] == [
        *("place", "now", "then", "uplift", "value")
    ]
    assert " EUR (" in told


@pytest.mark.parametrize(
    ("arguments", "mistake"),
    [
        (("--step", "checkout.cart"), "is no step that can be left; it has product"),
        (("--step", "nowhere"), "neither a step of a funnel nor an activity"),
        (("--step", "cart_viewed", "--persona", "p99"), "there is no 'p99'"),
        (("--step", "checkout_cancelled"), "or nobody went on, at"),
    ],
)
def test_a_mistake_is_one_line(asked, arguments, mistake):
    done = asked(*arguments, "--rate", "0.1")
    assert done.returncode == 2
    assert mistake in done.stderr
    assert done.stderr.count("\n") == 1
