"""Which records are probably of one person, though they share no identifier."""

import ast
import random
from collections.abc import Callable
from importlib.util import find_spec
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example
from hypothesis import given as drawn
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar
from tests.core.bench import Bench

import journeymine
from journeymine import linkage, linkage_records
from journeymine.config import Config
from journeymine.config_linkage import Linkage
from journeymine.errors import ConfigError
from journeymine.linkage import matching_share
from journeymine.warehouse import Row

PROJECT = """
[identity.linkage]
identifier = "contact_id"
compare = { name = "name", born = "date", town = "text", email = "email" }
"""
ATTRIBUTES = ("name", "born", "town", "email")

needs_splink = pytest.mark.skipif(
    find_spec("splink") is None, reason="the extra `linkage` is missing"
)


def people(seed: int) -> list[tuple[int, dict[str, str]]]:
    """Return records, each with its person: 120 persons, half of them with a twin."""
    rng = random.Random(seed)
    syllables = ["an", "be", "ka", "lo", "mi", "ra", "so", "tu", "ver", "wil"]

    def word(length: int) -> str:
        return "".join(rng.choices(syllables, k=length))

    names, towns = [word(3) for _ in range(60)], [word(4) for _ in range(12)]
    records = []
    for person in range(120):
        month, day = rng.randrange(1, 13), rng.randrange(1, 29)
        first = {
            "name": rng.choice(names),
            "born": f"{rng.randrange(1950, 2000)}-{month:02}-{day:02}",
            "town": rng.choice(towns),
            "email": f"{word(3)}.{word(2)}@example.org",
        }
        records.append((person, first))
        if person % 2:
            records.append((person, mistyped(rng, first)))
    return records


def mistyped(rng: random.Random, record: dict[str, str]) -> dict[str, str]:
    """Return a copy with a letter lost in one value: all others are kept."""
    wrong = rng.choice(["name", "town", "email"])
    text = record[wrong]
    place = rng.randrange(1, len(text) - 12 if wrong == "email" else len(text))
    return {**record, wrong: text[:place] + text[place + 1 :]}


def events(records: list[tuple[int, dict[str, str]]]) -> dict[str, list[object]]:
    return {
        "identifiers": [f"contact_id={at:03}" for at in range(len(records))],
        "activity": ["sign_up"] * len(records),
        "occurred_at": ["2024-05-01 09:00"] * len(records),
        **{name: [one[name] for _, one in records] for name in ATTRIBUTES},
    }


def links(bench: Bench) -> list[Row]:
    return bench.result_of("py_probable_links", "*")


@needs_splink
def test_records_of_one_person_are_linked_through_typing_errors(bench: Bench) -> None:
    records = people(seed=1)
    bench.set_project(PROJECT)
    bench.given(stg_events=events(records))
    found = links(bench)
    assert {(left, right) for left, _, right, _, _ in found} == {("contact_id",) * 2}
    pairs = {(int(str(left)), int(str(right))) for _, left, _, right, _ in found}
    true = {
        (left, right)
        for left, right in combinations(range(len(records)), 2)
        if records[left][0] == records[right][0]
    }
    assert len(pairs & true) / len(pairs) >= 0.95
    assert len(pairs & true) / len(true) >= 0.9
    assert all(0.95 <= float(str(row[4])) <= 1 for row in found)


@needs_splink
def test_no_order_of_rows_and_no_number_of_threads_changes_a_link(bench: Bench) -> None:
    columns = events(people(seed=2))
    bench.set_project(PROJECT)
    bench.given(stg_events=columns)
    once = links(bench)
    assert once
    order = random.Random(3).sample(range(len(columns["activity"])), len(once))
    order += [at for at in range(len(columns["activity"])) if at not in set(order)]
    bench.given(
        stg_events={
            name: [cells[at] for at in order] for name, cells in columns.items()
        }
    )
    bench.con.execute("set threads = 2")
    assert links(bench) == once
    assert bench.con.execute("select current_setting('threads')").fetchall() == [(2,)]


@needs_splink
def test_nothing_but_links_is_left(bench: Bench) -> None:
    bench.set_project(PROJECT)
    bench.given(stg_events=events(people(seed=2)))
    bench.build("int_identifiers")
    before = bench.con.execute("show tables").fetchall()
    bench.build("py_probable_links")
    after = bench.con.execute("show tables").fetchall()
    assert set(after) - set(before) == {("py_probable_links",)}


def test_without_the_section_no_link_is_probable(bench: Bench) -> None:
    bench.given(stg_events=events(people(seed=2)))
    assert links(bench) == []


def test_a_record_has_the_most_frequent_value_of_each_attribute(
    bench: Bench, link_nothing: None
) -> None:
    bench.set_project(PROJECT)
    bench.given(
        stg_events="""
        identifiers        | activity | occurred_at | name   | born       | town | email
        contact_id=1       | v        | 2024-05-01  | José   | 1990-01-31 | Ulm  | a@x.y
        contact_id=1       | v        | 2024-05-02  | JOSÉ   | 31/1/90    | n/a  |
        contact_id=1       | v        | 2024-05-03  | Josef  |            | n/a  | b@x.y
        c=9, contact_id=2= | v        | 2024-05-01  | Mia    | 1990-02-30 | None | c@x.y
        contact_id=1       | v        | 2024-07-02  | Josef  |            | Rom  | b@x.y
        c=9                | v        | 2024-05-01  | nobody | 1990-01-31 | Ulm  | a@x.y
        """,
    )
    bench.build("py_probable_links")
    found = bench.con.execute(
        "select record, value_1, cast(value_2 as varchar), value_3, value_4"
        " from linkage_records order by record"
    ).fetchall()
    assert found == [
        # Of equals the first; what comes after `as_of` is not known yet.
        ("1", "jose", "1990-01-31", "ulm", "a@x.y"),
        # No such day, and no town: two that have none are not alike.
        ("2=", "mia", None, None, "c@x.y"),
    ]


@pytest.fixture
def link_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stop once the records are made."""
    monkeypatch.setattr(
        "journeymine.identity_links.link_records", linkage_records.make_records
    )


@drawn(
    st.lists(
        st.tuples(st.floats(-20, 20), st.integers(1, 1000)), min_size=1, max_size=8
    ),
    st.integers(0, 100_000),
)
@example([(17.0, 1)], 0)  # all that there is looks like one match
def test_the_share_of_matches_is_the_most_likely_one(
    weighed: list[tuple[float, int]], others: int
) -> None:
    factors = np.exp2([weight for weight, _ in weighed])
    counts = np.array([count for _, count in weighed])
    pairs = int(counts.sum()) + others

    def loss(log_odds: float) -> float:
        share = 1 / (1 + np.exp(-log_odds))
        compared = (counts * np.log(share * factors + 1 - share)).sum()
        return float(-(compared + others * np.log(1 - share)))

    best = minimize_scalar(loss, bounds=(-30, 0), method="bounded").fun
    share = matching_share(factors, counts, pairs)
    found = loss(max(-30.0, np.log(share / (1 - share)))) if share else loss(-30)
    assert found <= best + 1e-4 * max(1, abs(best))


def test_only_linkage_model_imports_splink() -> None:
    folder = Path(journeymine.__file__).parent
    users = {path.name for path in folder.rglob("*.py") if "splink" in imported(path)}
    assert users == {"linkage_model.py"}


def imported(path: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    names = [
        one.name for node in nodes if isinstance(node, ast.Import) for one in node.names
    ]
    names += [str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)]
    return {name.partition(".")[0] for name in names}


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises((ConfigError, ValueError)) as raised:
        act()
    return str(raised.value)


def test_a_missing_extra_is_named(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linkage, "find_spec", lambda name: None)
    bench.set_project(PROJECT)
    bench.given(stg_events=events(people(seed=2)))
    assert refusal(lambda: links(bench)) == (
        "identity.linkage: Splink is not installed; pip install 'journeymine[linkage]'"
    )


@needs_splink
@pytest.mark.parametrize(
    ("left_out", "message"),
    [
        ("town", "no contact_id has a value of 'town'; declare it in a source's"),
        ("born", "'born', or none as a date like 1990-12-31; declare it"),
        ("identifiers", "identifier: no event has a contact_id; name a type of the"),
    ],
)
def test_what_no_record_has_is_named(bench: Bench, left_out: str, message: str) -> None:
    columns = events(people(seed=2))
    columns[left_out] = ["cookie=1" if left_out == "identifiers" else None] * len(
        columns[left_out]
    )
    bench.set_project(PROJECT)
    bench.given(stg_events=columns)
    assert message in refusal(lambda: links(bench))


@needs_splink
def test_a_rule_that_joins_too_many_pairs_is_refused(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linkage_records, "MOST_PAIRS", 400)
    bench.set_project(f'{PROJECT}block_on = [["name", "born"], ["town"]]')
    columns = events(people(seed=2))
    columns["town"] = ["Ulm"] * 30 + ["Rom", None, "unknown"] * 50
    bench.given(stg_events=columns)
    assert refusal(lambda: links(bench)) == (
        "identity.linkage.block_on: town: 1,660 pairs agree (one value is that of 50"
        " records), and 400 can be compared; add an attribute to this rule"
    )


@needs_splink
@pytest.mark.parametrize("records", [1, 2, 30])
def test_nothing_is_learned_from_a_few_pairs(bench: Bench, records: int) -> None:
    bench.set_project(PROJECT)
    bench.given(stg_events=events(people(seed=2)[:records]))
    assert refusal(lambda: links(bench)) == (
        "identity.linkage.block_on: too few records agree to learn how 'name' differs;"
        " add a rule without it, or leave this section out until there are more records"
    )


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"compare": {"name": "name", "town": "text"}}, "2 attributes are too few"),
        ({"block_on": [["street"]]}, "block_on: 'street' is not compared"),
        ({"block_on": [["name"], ["name", "town"]]}, "nothing teaches how 'name'"),
        ({"threshold": 1}, "less than 1"),
        (
            {"compare": {"a": "name", "b": "name", "c": "iris"}},
            "'name', 'date', 'text'",
        ),
    ],
)
def test_a_section_that_cannot_be_learned_from_is_refused(
    settings: dict[str, object], message: str
) -> None:
    section = {
        "identifier": "contact_id",
        "compare": {"name": "name", "born": "date", "town": "text"},
        **settings,
    }
    source = {"path": "a.csv", "connector": "contacts"}
    whole = {
        "project": {"name": "Test"},
        "sources": {"crm": source},
        "identity": {"linkage": section},
    }
    assert message in refusal(lambda: Config.model_validate(whole))


def test_by_default_two_attributes_must_agree_or_the_email_alone() -> None:
    compare = {"name": "name", "born": "date", "town": "text", "email": "email"}
    assert rules_for(compare) == [
        ("email",),
        ("name", "born"),
        ("name", "town"),
        ("born", "town"),
    ]
    del compare["email"]
    assert rules_for(compare) == [("name",), ("born",), ("town",)]


def rules_for(compare: dict[str, str]) -> list[tuple[str, ...]]:
    settings = {"identifier": "contact_id", "compare": compare}
    return list(Linkage.model_validate(settings).rules)
