"""The path language selects the journeys that it says it selects."""

import pytest
from tests.core.bench import WHOLE, Given, ResultOf, SetProject

from journeymine.patterns.language import parse
from journeymine.patterns.tokens import PatternError

EVENTS = """
    case_id | activity | channel | occurred_at
    ann      | cart     | web     | 2024-05-01 09:00
    ann      | view     | app     | 2024-05-01 09:01
    ann      | support  | phone   | 2024-05-01 09:02
    bob      | cart     | app     | 2024-05-01 09:00
    bob      | checkout | app     | 2024-05-01 09:01
    bob      | support  | phone   | 2024-05-01 09:02
    cid      | support  | phone   | 2024-05-01 09:00
    cid      | cart     | web     | 2024-05-01 09:01
    dot      | view     | web     | 2024-06-30 09:00
"""
ANN, BOB, CID, DOT = "ann", "bob", "cid", "dot"


FOUND = {
    "cart": [ANN, BOB, CID],
    "cart -> support": [],
    "cart ... support": [ANN, BOB],
    "cart -> !checkout* -> support": [ANN],
    "cart -> (view|checkout) -> support": [ANN, BOB],
    "cart -> (view -> support | checkout -> view)": [ANN],
    "cart | support -> cart": [ANN, BOB, CID],
    "^ support": [CID],
    "^ -> support": [CID],
    "support $": [ANN, BOB],
    "cart -> (support|$)": [CID],
    "^ . $": [DOT],
    "^ .{3} $": [ANN, BOB],
    ". -> .{2,}": [ANN, BOB],
    "^ view? -> cart": [ANN, BOB],
    "cart@app": [BOB],
    "@app -> @phone": [ANN, BOB],
    "!@web -> !@app": [ANN, BOB, CID],
    "!(cart|support|@app)": [DOT],
    '"cart" -> "view"': [ANN],
    "unheard_of": [],
    "!unheard_of": [ANN, BOB, CID, DOT],
}


def test_a_pattern_selects_journeys(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    named = {f"p{n:02}": pattern for n, pattern in enumerate(FOUND)}
    toml = "\n".join(f"{name} = '{pattern}'" for name, pattern in named.items())
    project(f'[journey]\ncase = "case"\n[patterns]\n{toml}')
    given(stg_events=EVENTS)
    rows = result_of(
        "py_pattern_matches inner join int_pattern_paths using (path)"
        " inner join int_journeys using (journey_code)",
        "pattern, journey_id",
    )
    assert {
        pattern: [journey for one, journey in rows if one == name]
        for name, pattern in named.items()
    } == FOUND


def test_noise_and_what_comes_after_the_goal_are_no_steps(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(
        """
        [journey]
        goal = "order"
        noise = "ping"
        [stages]
        retention = ["login"]
        [patterns]
        direct = "^ cart -> order $"
        """
    )
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | cart     | 2024-05-01 09:00
            ann      | ping     | 2024-05-01 09:01
            ann      | order    | 2024-05-01 09:02
            ann      | login    | 2024-05-01 09:03
            bob      | ping     | 2024-05-01 09:00
        """,
    )
    assert result_of(
        "fct_patterns", "journeys, share, customers, converted", where=WHOLE
    ) == [(1, 0.5, 1, 1)]


def test_a_pattern_is_counted_in_every_slice_also_where_nobody_follows_it(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project('[journey]\ngoal = "order"\n[patterns]\ncarts = "cart"\ntypo = "catr"')
    given(
        stg_events="""
            customer | activity | channel | occurred_at
            ann      | cart     | web     | 2024-05-01 09:00
            ann      | order    | web     | 2024-05-01 09:02
            ann      | cart     | app     | 2024-05-02 09:00
            bob      | cart     | web     | 2024-06-30 09:00
            cid      | view     | app     | 2024-05-01 09:00
        """,
    )
    rows = result_of(
        "fct_patterns",
        "pattern, segment_value, journeys, customers",
        "converted, abandoned, in_progress, conversion_rate, conversion_rate_without",
        "unknown_activities",
        where="persona = 'all' and segment in ('all', 'channel')",
    )
    assert rows == [
        ("carts", "all", 3, 2, 1, 1, 1, 0.5, 0, None),
        ("carts", "app", 1, 1, 0, 1, 0, 0, 0, None),
        ("carts", "web", 2, 2, 1, 0, 1, 1, None, None),
        ("typo", "all", 0, 0, 0, 0, 0, None, 1 / 3, "catr"),
        ("typo", "app", 0, 0, 0, 0, 0, None, 0, "catr"),
        ("typo", "web", 0, 0, 0, 0, 0, None, 1, "catr"),
    ]


def test_without_patterns_there_are_none(given: Given, result_of: ResultOf) -> None:
    given(stg_events=EVENTS)
    assert result_of("int_pattern_paths", "*") == []
    assert result_of("fct_patterns", "*") == []


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("", "character 1: the pattern ends too early; write an activity"),
        ("a b", "character 3: `b` is not expected; put `->` or `...`"),
        ("a -> -> b", "character 6: `->` is not expected; write an activity"),
        ("(a|b", "character 5: the pattern ends too early; close the bracket"),
        ("a)", "character 2: `)` is not expected"),
        ("!(a -> b)", "character 1: `!` can refuse one step, not a sequence"),
        ("^*", "character 2: `*` is not expected; `^` is there or not"),
        ("a{3,2}", "character 2: `{3,2}` is not expected; write the lower"),
        ("a{0}", "character 2: `{0}` is not expected"),
        ("a{b}", "character 2: `{` is no part of the language; write how often"),
        ("a & b", "character 3: `&` is no part of the language; put names"),
        ('a -> "b', 'character 6: `"` is no part of the language; write a name'),
        ("a@ -> b", "character 4: `->` is not expected; write the channel"),
        ("a -> (b{100} -> c){10}", "character 1: the pattern asks for more than 1000"),
    ],
)
def test_a_mistake_is_told_with_its_place(pattern: str, told: str) -> None:
    with pytest.raises(PatternError) as raised:
        parse(pattern)
    assert str(raised.value).startswith(told)


def test_a_mistake_in_the_project_file_names_the_pattern(project: SetProject) -> None:
    with pytest.raises(ValueError, match=r"patterns\.lost[\s\S]*character 8"):
        project('[patterns]\nlost = "cart ->"')
