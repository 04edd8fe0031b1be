"""The worked questions answer from the sample, and as plain loops over events do."""

import json
from collections import Counter, defaultdict

import duckdb
import pytest
from tests.e2e.running import ROOT, SAMPLE, journeymine

from journeymine.examples import advice, load_examples, question
from journeymine.models import load_models

EXAMPLES = load_examples()


@pytest.fixture(scope="module")
def answered(sample):
    """Return a function that answers an example, as one dict a row."""
    with duckdb.connect(str(sample.database), read_only=True) as con:
        con.execute("set timezone = 'UTC'")
        con.execute("set threads = 1")

        def answer(sql):
            result = con.execute(sql)
            names = [name for name, *_ in result.description]
            return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

        yield answer


@pytest.fixture(scope="module")
def journeys(answered):
    """Journeys of the sample as lists of their steps, in order."""
    steps = answered(
        "select journey_id, activity, channel, actor from fct_events where is_step"
        " order by journey_id, event_index"
    )
    found = defaultdict(list)
    for step in steps:
        found[step["journey_id"]].append(step)
    return found


@pytest.fixture(scope="module")
def outcomes(answered):
    rows = answered("select journey_id, outcome from fct_journeys")
    return {row["journey_id"]: row["outcome"] for row in rows}


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_answers_with_what_its_header_names(name, answered):
    example = EXAMPLES[name]
    rows = answered(example.sql)
    assert rows
    assert list(rows[0]) == list(example.columns)
    keys = [tuple(row[column] for column in example.key) for row in rows]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_asks_a_question_and_says_what_to_look_at(name):
    assert question(EXAMPLES[name]).endswith("?")
    assert advice(EXAMPLES[name]).endswith(".")


def test_the_page_for_analysts_asks_the_same_questions():
    page = (ROOT / "docs" / "for-analysts.md").read_text("utf-8")
    rows = [f"| `{name}` | {question(one)} |" for name, one in EXAMPLES.items()]
    assert [row for row in rows if row not in page] == []


def test_an_example_is_no_model_of_the_build():
    assert len(EXAMPLES) == 10
    assert not set(EXAMPLES) & set(load_models())


def test_the_ways_to_the_goal_are_those_of_a_walk(answered, journeys):
    (goal,) = {
        row["anchor"] for row in answered("select anchor from fct_anchored_paths")
    }
    before: Counter[str] = Counter()
    for steps in journeys.values():
        names = ["$start", *(step["activity"] for step in steps)]
        if goal in names:
            before[names[names.index(goal) - 1]] += 1
    told = {
        row["activity"]: row["journeys"]
        for row in answered(EXAMPLES["what_leads_to_the_goal"].sql)
        if row["distance"] == -1
    }
    assert told == dict(before.most_common(5))


def test_the_channels_that_keep_customers_are_those_of_a_walk(
    answered, journeys, outcomes
):
    settled: Counter[str] = Counter()
    stayed: Counter[str] = Counter()
    converted: Counter[str] = Counter()
    for journey, steps in journeys.items():
        own = [step["channel"] for step in steps if step["actor"] == "customer"]
        if not own or outcomes[journey] == "in_progress":
            continue
        settled[own[0]] += 1
        stayed[own[0]] += len(set(own)) == 1
        converted[own[0]] += outcomes[journey] == "converted"
    for row in answered(EXAMPLES["which_channel_keeps_them"].sql):
        channel = row["channel"]
        assert row["settled"] == settled[channel]
        assert row["containment_rate"] == stayed[channel] / settled[channel]
        assert row["converted"] == converted[channel]


def test_every_state_of_every_funnel_adds_up(answered):
    rows = answered(EXAMPLES["do_the_states_add_up"].sql)
    assert {(row["unexplained"], row["differing"]) for row in rows} == {(0, 0)}


def test_every_record_lies_somewhere_and_every_event_is_in_its_journey(answered):
    rows = answered(EXAMPLES["can_we_trust_it"].sql)
    assert {row["unexplained"] for row in rows} == {0}
    assert all(row["events"] == row["in_journeys"] + row["left_out"] for row in rows)
    events = answered("select count(*) as events from fct_events")[0]["events"]
    assert sum(row["in_journeys"] for row in rows) == events


def test_the_planted_incident_stands_among_those_who_leave(answered):
    rows = answered(EXAMPLES["who_leaves"].sql)
    assert any(
        row["period"] == "2024-04-01" and row["segment_value"] == "mobile"
        for row in rows
    )


@pytest.fixture
def asked(sample):
    def ask(*arguments):
        project = ("--project", SAMPLE / "journeymine.toml", "--output", sample.output)
        return journeymine("query", *arguments, *project)

    return ask


def test_examples_are_listed_with_their_questions(asked):
    told = json.loads(asked("--example", "list", "--json").stdout)
    assert [one["example"] for one in told] == list(EXAMPLES)
    assert all(one["question"].endswith("?") for one in told)


def test_above_an_answer_stands_what_to_look_at(asked):
    done = asked("--example", "can_we_trust_it", "--csv")
    assert done.stdout.startswith("source,records,accepted")
    assert done.stderr.startswith("Does every record that was read lie somewhere")
    assert "Look at: `unexplained`" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["--example", "who_leave"], "no example who_leave; did you mean who_leaves?"),
        (["--example", "who_leaves", "fct_churn"], "leave one out"),
    ],
)
def test_a_mistake_is_one_line(asked, arguments, line):
    done = asked(*arguments)
    assert done.returncode == 2
    (told,) = done.stderr.splitlines()
    assert line in told
