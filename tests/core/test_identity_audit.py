"""What joined two accounts, how sure that is, and what changed since before."""

import random

import duckdb
import numpy as np
from tests.core.bench import Bench, Given, ResultOf
from tests.core.test_identity import customers
from tests.core.test_identity_bridges import walk
from tests.core.test_identity_guards import seen

from journeymine.identity import components
from journeymine.identity_bridges import Graph
from journeymine.identity_forest import joins
from journeymine.identity_links import make_probable_links

MERGE = ("reason", "identifier", "other_identifier", "source", "first_at::text")
PROPAGATED = """
with recursive reach as (
    select node, node as label from nodes
    union
    select ways.target, reach.label
    from reach
    inner join ways on reach.node = ways.origin
)
select node, min(label) from reach group by node order by node
"""


def test_components_are_those_of_labels_spread_in_plain_sql(
    con: duckdb.DuckDBPyConnection,
) -> None:
    for seed in range(20):
        rng = random.Random(seed)
        count = rng.randrange(2, 60)
        pairs = [
            (rng.randrange(count), rng.randrange(count))
            for _ in range(rng.randrange(1, count))
        ]
        con.execute(
            f"create or replace table nodes as select range as node from range({count})"
        )
        con.execute("create or replace table ways (origin bigint, target bigint)")
        con.executemany(
            "insert into ways values (?, ?)",
            [*pairs, *((right, left) for left, right in pairs)],
        )
        spread = [label for _, label in con.execute(PROPAGATED).fetchall()]
        lefts, rights = np.asarray(pairs).T
        labels = components(lefts, rights, count).tolist()
        first = {label: labels.index(label) for label in labels}
        assert [first[label] for label in labels] == spread


def test_an_edge_says_its_kind_its_source_its_time_and_how_often(
    given: Given, result_of: ResultOf
) -> None:
    given(
        stg_events="""
            identifiers                         | source | activity | occurred_at
            email=a@x.y, user_id=1              | crm    | view     | 2024-05-02 09:00
            email=a@x.y, user_id=1              | web    | view     | 2024-05-01 09:00
            anonymous_id=c, user_id=1           | web    | view     | 2024-05-03 09:00
            user_id=1, user_id=2                | web    |          | 2024-05-04 09:00
            user_id=2, user_id=3                | crm    | merged   | 2024-05-04 09:00
            anonymous_id=c, ip=9                | web    | view     | 2024-05-05 09:00
        """,
    )
    names = (
        "int_identity_edges inner join int_identifiers as one on left_code"
        " = one.identifier_code inner join int_identifiers as other"
        " on right_code = other.identifier_code"
    )
    found = result_of(
        names,
        "kind",
        "one.identifier",
        "other.identifier",
        "source",
        "int_identity_edges.first_at::date::text",
        "records",
        "probability",
    )
    assert found == [
        ("alias", "1", "2", "web", "2024-05-04", 1, 1.0),
        ("login", "1", "c", "web", "2024-05-03", 1, 1.0),
        ("merge", "2", "3", "crm", "2024-05-04", 1, 1.0),
        ("seen_together", "a@x.y", "1", "web", "2024-05-01", 2, 1.0),
        ("seen_together", "c", "9", "web", "2024-05-05", 1, 1.0),
    ]


def test_a_merge_is_the_edge_that_joined_two_accounts(
    given: Given, result_of: ResultOf
) -> None:
    given(
        stg_events=seen(
            "device=d, user_id=1",  # no merge: an account and its machine
            "email=a@x.y, user_id=2",
            "device=d, user_id=2",  # here one customer became of two
            "device=d, email=a@x.y",  # says it again
        )
    )
    assert result_of("fct_identity_audit", "action", *MERGE) == [
        ("merge", "login", "2", "d", "web", "2024-05-01 00:02:00+00")
    ]


def test_merges_are_one_fewer_than_the_accounts_of_a_customer() -> None:
    for seed in range(200):
        rng = random.Random(seed)
        nodes = rng.randrange(2, 30)
        pairs = {
            (min(pair), max(pair))
            for pair in (
                rng.sample(range(nodes), 2) for _ in range(rng.randrange(1, nodes))
            )
        }
        order = sorted(pairs, key=lambda _: rng.random())
        types = [rng.choice([-1, 0]) for _ in range(nodes)]
        lefts, rights = np.asarray(order).T
        graph = Graph(lefts, rights, np.asarray(types))
        labels = components(graph.lefts, graph.rights, nodes)
        places, is_merge = joins(graph, labels, np.ones(len(order)))
        merges = [order[place] for place in places[is_merge]]
        accounts = {
            frozenset(walk(order, node)): sum(
                types[other] == 0 for other in walk(order, node)
            )
            for node in range(nodes)
        }
        assert len(merges) == sum(max(held - 1, 0) for held in accounts.values())
        for pair in merges:
            before = order[: order.index(pair)]
            one, other = walk(before, pair[0]), walk(before, pair[1])
            assert not one & other
            assert all(any(types[n] == 0 for n in part) for part in (one, other))


def test_a_probable_link_joins_and_says_how_sure_it_is(
    bench: Bench, result_of: ResultOf
) -> None:
    make_probable_links(bench.context)  # its columns, with their types
    bench.given(
        stg_events=seen(
            "email=a@x.y, user_id=1",
            "email=b@x.y",
            "email=c@x.y",
            "user_id=9",
            "email=info@x.y",
        ),
        py_probable_links="""
            left_type | left_identifier | right_type | right_identifier | probability
            email     | b@x.y           | email      | a@x.y            | 0.97
            email     | c@x.y           | email      | b@x.y            | 0.92
            email     | c@x.y           | user_id    | 1                | 0.95
            email     | a@x.y           | user_id    | 1                | 0.5
            email     | info@x.y        | user_id    | 9                | 0.99
            email     | gone@x.y        | user_id    | 9                | 0.99
        """,
    )
    assert customers(result_of) == {
        frozenset({"email=a@x.y", "email=b@x.y", "email=c@x.y", "user_id=1"}),
        frozenset({"user_id=9"}),
        frozenset({"email=info@x.y"}),
    }
    assert result_of("dim_customers", "identifiers", "identity_confidence") == [
        (1, 1.0),
        (1, 1.0),
        (4, 0.95),  # the link of 0.92 joins what likelier ones have joined
    ]
    merges = ("identifier", "other_identifier", "source", "records", "probability")
    assert result_of("fct_identity_audit", *merges, where="reason = 'probable'") == [
        ("a@x.y", "b@x.y", "linkage", 0, 0.97),
        ("c@x.y", "1", "linkage", 0, 0.95),
    ]


def test_conversions_are_told_with_and_without_uncertain_customers(
    bench: Bench, result_of: ResultOf
) -> None:
    bench.set_project('[funnels.sale]\nsteps = ["view", "buy"]')
    events = seen("user_id=1", "user_id=2", "user_id=3", "user_id=4", "email=a@x.y")
    events["activity"] = ["view", "view", "view", "view", "buy"]
    bench.given(stg_events=events)
    figures = ("meta_run", "name", "value")
    assert result_of(*figures, where="name like 'funnel_%'") == []
    bench.set_project('[funnels.sale]\nsteps = ["view", "buy"]')
    make_probable_links(bench.context)
    bench.given(
        py_probable_links="""
            left_type | left_identifier | right_type | right_identifier | probability
            email     | a@x.y           | user_id    | 1                | 0.96
        """,
        stg_events=events,
    )
    assert result_of(*figures, where="name like 'funnel_%'") == [
        ("funnel_sale_conversion", "0.250000"),
        ("funnel_sale_conversion_of_certain_identities", "0.000000"),
        ("funnel_sale_share_of_uncertain_identities", "0.250000"),
    ]
