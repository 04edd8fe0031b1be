"""Risk to churn: what was known of customers at moments, and whether they had left."""

from datetime import datetime

from tests.core.bench import Bench, Given, ResultOf, SetProject
from tests.core.churn_walk import (
    AS_OF,
    DAY,
    PROJECT,
    STATES,
    WHO,
    Log,
    expected,
    random_log,
)

KNOWN = (
    "silence_us, spell_us, spell_days, tenure_us, active_days, recent_days, "
    "former_days, conversions, conversion_us, recent_support, recent_exits, "
    "recent_messages, returns"
)


def test_a_state_is_of_a_moment_at_which_the_spell_was_open(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(PROJECT)
    given(
        stg_events="""
            customer | activity | occurred_at      | is_customer
            ann      | view     | 2024-06-18 12:00 | true
            ann      | view     | 2024-06-24 00:00 | true
            bob      | view     | 2024-06-11 00:00 | true
            bob      | mail     | 2024-06-20 00:00 | false
            bob      | view     | 2024-06-22 00:00 | true
            bob      | view     | 2024-06-30 00:00 | true
            cid      | view     | 2024-06-25 00:00 | true
        """,
    )
    # Who left is known up to the 23rd; moments lie two days apart, back from there.
    assert result_of(
        STATES, "moment_index", WHO, "is_lost, silence_us // 3600000000, returns"
    ) == [
        (0, "ann", None, 168, 0),
        (0, "bob", None, 24, 1),
        (0, "cid", None, 144, 0),
        (1, "ann", False, 108, 0),  # back on the 24th
        (1, "bob", False, 24, 1),  # a silence of eight days is not longer than that
        (2, "ann", False, 60, 0),
        (3, "ann", False, 12, 0),
        (4, "bob", True, 144, 0),  # on the 17th
        (5, "bob", True, 96, 0),
        (6, "bob", True, 48, 0),
        (7, "bob", True, 0, 0),
    ]


def test_states_equal_a_plain_loop_over_random_logs(bench: Bench) -> None:
    log = random_log(7, customers=250)
    found = _states(bench, log)
    assert found == sorted(expected(log), key=repr)
    assert {row[2] for row in found} == {None, True, False}
    assert len(found) > 1000


def test_no_event_after_a_moment_changes_what_was_known_at_it(bench: Bench) -> None:
    then = AS_OF - 20 * DAY
    log, other = random_log(11, customers=120), random_log(12, customers=120)
    changed = {
        name: [one for one in events if one[0] <= then]
        + [one for one in other[name] if one[0] > then]
        for name, events in log.items()
    }
    one, another = (
        {row[:2]: row[3:] for row in _states(bench, each) if _moment(row) <= then}
        for each in (log, changed)
    )
    assert len(one) > 200
    assert one == another


def test_whole_customers_are_learned_from_up_to_the_states_asked_for(
    bench: Bench,
) -> None:
    every = _states(bench, random_log(3, customers=100))
    bench.given(cfg_churn_risk={"states": [200], "moments": [12]})
    some = bench.result_of(STATES, "moment_index", WHO)
    chosen = {who for moment, who in some if moment != 0}
    wanted = [
        (moment, who)
        for row in every
        for moment, who in [((AS_OF - 6 * DAY - _moment(row)) // (2 * DAY), row[1])]
        # All customers of today are told of, whether they are learned from or not.
        if moment < 0 or (who in chosen and moment <= 12)
    ]
    assert some == sorted((max(moment, 0), who) for moment, who in wanted)
    assert 150 < len([moment for moment, _ in some if moment != 0]) <= 200


def _states(bench: Bench, log: Log) -> list[tuple[object, ...]]:
    bench.set_project(PROJECT)
    rows = [(name, *event) for name, events in log.items() for event in events]
    bench.given(
        stg_events={
            "customer": [row[0] for row in rows],
            "occurred_at": [row[1] for row in rows],
            "activity": [row[2] for row in rows],
            "is_customer": [row[2] != "mail" for row in rows],
            "source_system": ["support" if row[2] == "call" else "web" for row in rows],
        }
    )
    found = bench.result_of(
        STATES, "make_timestamptz(moment_us)", WHO, "is_lost", KNOWN
    )
    return sorted(found, key=repr)


def _moment(state: tuple[object, ...]) -> datetime:
    moment = state[0]
    assert isinstance(moment, datetime)
    return moment
