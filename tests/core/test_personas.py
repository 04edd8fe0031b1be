"""Groups of customers who behave alike."""

import random
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.core.bench import Bench

START = datetime(2024, 5, 1, tzinfo=UTC)
TASTES = {
    "hunter": {"view_deal": 6, "search": 3, "coupon": 4},
    "reader": {"read_guide": 7, "read_review": 5, "view_home": 1},
    "asker": {"open_chat": 5, "call": 4, "view_help": 4},
}
SIZES = {"hunter": 90, "reader": 60, "asker": 40}


def shoppers(rng: random.Random) -> list[tuple[str, str, datetime]]:
    """Return events of customers of three tastes."""
    events = []
    for taste, size in SIZES.items():
        names, weights = zip(*TASTES[taste].items(), strict=True)
        for number in range(size):
            time = START + timedelta(minutes=rng.randrange(40_000))
            for activity in rng.choices(names, weights, k=rng.randint(6, 12)):
                time += timedelta(minutes=rng.randrange(1, 4_000))
                events.append((f"{taste}{number}", activity, time))
    return events


def personas(
    bench: Bench, events: list[tuple[str, str, datetime]], **further: list[str]
) -> dict[str, str]:
    """Return the persona of each customer."""
    names = ("customer", "activity", "occurred_at")
    bench.given(
        stg_events=dict(zip(names, map(list, zip(*events, strict=True)), strict=True))
        | {"event_id": [f"{who}-{at}" for who, _, at in events]}
        | further
    )
    return {
        str(customer): str(persona)
        for customer, persona in bench.result_of(
            "int_personas inner join int_set_customers"
            " on int_personas.customer_code = int_set_customers.customer_code",
            "split_part(identifiers, '=', 2), persona",
        )
    }


def test_tastes_are_found_from_events_alone(bench: Bench) -> None:
    rng = random.Random(13)
    events = shoppers(rng)
    found = personas(bench, events)
    by_persona = defaultdict[str, Counter[str]](Counter)
    for customer, persona in found.items():
        by_persona[persona][customer.rstrip("0123456789")] += 1
    assert by_persona == {
        "p1": {"hunter": 90},
        "p2": {"reader": 60},
        "p3": {"asker": 40},
    }
    assert bench.result_of("dim_personas", "persona, customers, has_structure") == [
        ("p1", 90, True),
        ("p2", 60, True),
        ("p3", 40, True),
    ]
    assert personas(bench, rng.sample(events, len(events))) == found


def test_nothing_of_the_goal_and_after_it_makes_a_persona(bench: Bench) -> None:
    bench.set_project('[journey]\ngoal = ["order"]')
    bench.given(
        stg_events="""
            customer | activity | occurred_at      | is_customer
            ann      | view     | 2024-05-01 09:00 | true
            ann      | mail     | 2024-05-01 09:01 | false
            ann      | order    | 2024-05-01 09:02 | true
            ann      | login    | 2024-05-01 09:03 | true
            bob      | view     | 2024-05-01 09:00 | true
            bob      | view     | 2024-05-31 08:59 | true
            bob      | late     | 2024-05-31 09:00 | true
        """,
    )
    assert bench.result_of(
        "int_customer_features", "feature, count_value", where="family = 'activity'"
    ) == [("view", 1), ("view", 2)]


def test_without_structure_all_customers_are_none(bench: Bench) -> None:
    assert set(personas(bench, shoppers(random.Random(1))[:60]).values()) == {"none"}
    assert bench.result_of("dim_personas", "persona, share, has_structure") == [
        ("none", 1.0, False)
    ]


def test_a_name_given_in_the_project_file_sticks_to_its_persona(bench: Bench) -> None:
    bench.set_project('[personas.names]\np2 = "Bookworms"')
    personas(bench, shoppers(random.Random(13)))
    named = bench.result_of("dim_personas", "persona, persona_name")
    assert named[1] == ("p2", "Bookworms")
    assert len({name for _, name in named}) == 3
    assert all(len(str(name).split()) <= 4 for _, name in named)


def test_traits_tell_how_far_a_persona_lies_from_all_others(bench: Bench) -> None:
    personas(bench, shoppers(random.Random(13)))
    found = bench.result_of(
        "fct_persona_traits",
        "persona, value > others, difference_low > 0, difference_high > difference",
        where="family = 'activity' and feature = 'coupon'",
    )
    assert found == [
        ("p1", True, True, True),
        ("p2", False, False, True),
        ("p3", False, False, True),
    ]
    assert bench.result_of("fct_persona_changes", "change") == []


def test_without_structure_a_segment_is_offered_instead(bench: Bench) -> None:
    events = shoppers(random.Random(1))[:300]
    devices = [("phone", "desktop")[len(who) % 2] for who, _, _ in events]
    assert set(personas(bench, events, device=devices).values()) == {"none"}
    assert bench.result_of("fct_persona_traits", "persona") == []
    assert bench.result_of("fct_persona_offers", "place, segment, segment_value") == [
        (1, "device", "desktop"),
        (1, "device", "phone"),
    ]
    basis = bench.result_of("meta_run", "value", where="name = 'personas_basis'")
    assert basis == [("no clear structure: use segment device",)]


def test_frozen_personas_are_those_of_the_run_before(
    bench: Bench, tmp_path: Path
) -> None:
    output = f'[project]\nname = "Test"\noutput = "{tmp_path}"\n'
    as_of = "as_of = 2024-07-01T00:00:00Z\n"
    bench.set_project(output + as_of)
    bench.folder.joinpath("personas").mkdir()
    before = personas(bench, shoppers(random.Random(13)))
    (tmp_path / "current").symlink_to(tmp_path)
    bench.set_project(output + as_of + "[personas]\nfrozen = true\ncount = 2")
    assert personas(bench, shoppers(random.Random(13))) == before
    some = [event for event in shoppers(random.Random(13)) if event[0] < "b"]
    assert set(personas(bench, some).values()) == {"p3"}
    fresh = [(f"new{who}", what, at) for who, what, at in shoppers(random.Random(14))]
    found = personas(bench, fresh)
    assert {
        persona: who.removeprefix("new").rstrip("0123456789")
        for who, persona in found.items()
    } == {"p1": "hunter", "p2": "reader", "p3": "asker"}
