"""Which identifiers belong to one customer."""

import random
from collections import defaultdict
from datetime import UTC, datetime, timedelta

from tests.core.bench import Bench, Given, ResultOf

START = datetime(2024, 5, 1, tzinfo=UTC)


def customers(result_of: ResultOf) -> set[frozenset[str]]:
    """Return the identifiers of each customer."""
    found = defaultdict(set)
    for customer, kind, value in result_of(
        "int_identities", "customer_id", "identifier_type", "identifier"
    ):
        found[customer].add(f"{kind}={value}")
    return {frozenset(one) for one in found.values()}


def test_identifiers_seen_together_are_one_customer(
    given: Given, result_of: ResultOf
) -> None:
    given(
        stg_events="""
            identifiers                 | activity | occurred_at
            cookie=1                    | view     | 2024-05-01 09:00
            cookie=1, email=a@x.y       | view     | 2024-05-01 09:01
            email=a@x.y, crm=7          | view     | 2024-05-01 09:02
            cookie=2                    | view     | 2024-05-01 09:00
            crm=1                       | view     | 2024-05-01 09:00
        """,
    )
    assert customers(result_of) == {
        frozenset({"cookie=1", "email=a@x.y", "crm=7"}),
        frozenset({"cookie=2"}),
        frozenset({"crm=1"}),  # the same value as cookie 1, but of another type
    }
    assert result_of("fct_events", "count(distinct customer_id)") == [(3,)]


def test_only_the_first_equals_sign_parts_type_from_value(
    given: Given, result_of: ResultOf
) -> None:
    given(
        stg_events="""
            identifiers     | activity | occurred_at
            cookie=a=b      | view     | 2024-05-01 09:00
        """,
    )
    assert result_of("int_identifiers", "identifier_type", "identifier") == [
        ("cookie", "a=b")
    ]


def test_a_link_after_the_watermark_is_not_known(
    given: Given, result_of: ResultOf
) -> None:
    given(
        stg_events="""
            identifiers           | activity | occurred_at
            cookie=1              | view     | 2024-05-01 09:00
            email=a               | view     | 2024-05-01 09:00
            cookie=1, email=a     | view     | 2024-07-01 00:00:01
            cookie=2, email=b     | view     | 2024-07-01 00:00:00
        """,
    )
    assert customers(result_of) == {
        frozenset({"cookie=1"}),
        frozenset({"email=a"}),
        frozenset({"cookie=2", "email=b"}),
    }


def random_records(rng: random.Random) -> list[tuple[str, datetime]]:
    """Return sets of identifiers that are seen together, with their times."""
    people = [f"{rng.choice('abc')}={number}" for number in range(1, 901)]
    return [
        (
            chr(31).join(rng.sample(people, rng.choice([1, 1, 2, 2, 3]))),
            START + timedelta(seconds=rng.randrange(10_000)),
        )
        for _ in range(700)
    ]


def walked(records: list[tuple[str, datetime]]) -> set[frozenset[str]]:
    """Return the connected groups of identifiers, by walking from each."""
    beside = defaultdict[str, set[str]](set)
    for identifiers, _ in records:
        together = identifiers.split(chr(31))
        for one in together:
            beside[one] |= set(together)
    groups, seen = set(), set[str]()
    for first in beside:
        if first in seen:
            continue
        group, ahead = {first}, [first]
        while ahead:
            for other in beside[ahead.pop()] - group:
                group.add(other)
                ahead.append(other)
        seen |= group
        groups.add(frozenset(group))
    return groups


def drawn(records: list[tuple[str, datetime]]) -> dict[str, list[object]]:
    return {
        "identifiers": [identifiers for identifiers, _ in records],
        "occurred_at": [time for _, time in records],
        "activity": ["view"] * len(records),
        "event_id": [f"{one} at {time}" for one, time in records],
    }


def test_customers_are_the_connected_groups_of_identifiers(
    bench: Bench, result_of: ResultOf
) -> None:
    # No guard is to part what is joined by chance here.
    bench.set_project("[identity]\nlargest = 1000")
    records = random_records(random.Random(6))
    bench.given(stg_events=drawn(records))
    groups = customers(result_of)
    assert groups == walked(records)
    assert any(len(group) > 5 for group in groups)


def test_a_customer_id_depends_on_nobody_else_and_on_no_order(
    bench: Bench, result_of: ResultOf
) -> None:
    rng = random.Random(7)
    records = random_records(rng)
    columns = ("identifier_type", "identifier", "customer_id")
    bench.given(stg_events=drawn(records))
    whole = result_of("int_identities", *columns)
    bench.given(stg_events=drawn(rng.sample(records, len(records))))
    assert result_of("int_identities", *columns) == whole
    kept = set(list(walked(records))[::2])
    half = [
        record
        for record in records
        if any(record[0].split(chr(31))[0] in group for group in kept)
    ]
    bench.given(stg_events=drawn(half))
    part = result_of("int_identities", *columns)
    assert part
    assert set(part) <= set(whole)


def test_a_customer_keeps_its_id_when_it_gets_a_later_identifier(
    bench: Bench, result_of: ResultOf
) -> None:
    records = [("email=z", START), ("email=z\x1fcookie=a", START + timedelta(1))]
    bench.given(stg_events=drawn(records[:1]))
    ((before,),) = result_of("int_customers", "customer_id")
    bench.given(stg_events=drawn(records))
    assert result_of("int_customers", "customer_id") == [(before,)]
