"""`journeymine paths`: which published journeys follow a pattern."""

import csv
import io
import json

import pytest
from tests.e2e.running import SAMPLE, journeymine

PROJECT = SAMPLE / "journeymine.toml"
CARTS = "product_added -> !(product_removed|checkout_started)* $"


@pytest.fixture
def asked(sample):
    """Return a function that asks the published sample."""

    def ask(*arguments):
        return journeymine(
            "paths", *arguments, "--project", PROJECT, "--output", sample.output
        )

    return ask


def test_a_pattern_is_summed_up_as_the_run_sums_it_up(asked, sample):
    names = (
        "journeys, share, customers, converted, exited, abandoned, in_progress,"
        " conversion_rate, conversion_rate_low, conversion_rate_high,"
        " conversion_rate_without, conversion_rate_without_low,"
        " conversion_rate_without_high"
    )
    (published,) = sample.rows(
        f"select {names} from fct_patterns where pattern = 'left_with_a_cart'"
        " and persona = 'all' and segment = 'all'"
    )
    for written in (CARTS, "left_with_a_cart"):
        (told,) = json.loads(asked(written, "--json").stdout)
        assert told["pattern"] == CARTS
        assert tuple(told[name] for name in names.split(", ")) == published
        assert published[0] > 0


def test_the_journeys_are_those_whose_steps_follow_it(asked, sample):
    text = "product_added@web ... ticket_new@phone"
    found = list(csv.DictReader(io.StringIO(asked(text, "--list", "--csv").stdout)))
    steps = sample.rows(
        "select journey_id, activity || '@' || channel from fct_events"
        " where is_step order by journey_id, event_index"
    )
    paths: dict[str, list[str]] = {}
    for journey, step in steps:
        paths.setdefault(journey, []).append(step)
    truth = [
        journey
        for journey, path in paths.items()
        if "product_added@web" in path
        and "ticket_new@phone" in path[path.index("product_added@web") :]
    ]
    assert [row["journey_id"] for row in found] == sorted(truth) != []
    told = asked(text, "--list", "--limit", "1").stdout
    assert told.splitlines()[-1].startswith("... and more than these 1")


def test_people_are_told_in_lines(asked, sample):
    first, journeys, outcomes, rates, *examples = asked(CARTS).stdout.splitlines()
    assert first == f"pattern    {CARTS}"
    ((every,),) = sample.rows("select count(*) from fct_journeys")
    assert journeys.startswith("journeys ")
    assert f" of {every:,} (" in journeys
    assert outcomes.endswith("in progress")
    assert "without the pattern" in rates
    assert 1 <= len(examples) <= 5
    assert all("product_added" in one or one.endswith("...") for one in examples)


def test_without_a_pattern_those_of_the_project_are_listed(asked):
    told = json.loads(asked("--json").stdout)
    assert [one["pattern"] for one in told] == [
        "help_after_a_failed_payment",
        "left_with_a_cart",
    ]


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("chekout_started", "character 1: no journey has the activity"),
        ("product_added -> chekout_started", "did you mean 'checkout_started'?"),
        (
            "product_added@fone",
            "the channel 'fone'; did you mean 'phone'?",
        ),
        ("product_added ->", "character 17: the pattern ends too early; write an"),
        ("product_added)", "character 14: `)` is not expected"),
        ("product_added; drop table x", "character 14: `;` is no part of the language"),
        ('"\'; drop table fct_events; --"', "no journey has the activity"),
    ],
)
def test_a_mistake_is_one_line(asked, pattern, told):
    done = asked(pattern)
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith("Error: paths: character ")
    assert told in line


def test_before_the_first_run_it_says_so(tmp_path):
    done = journeymine("paths", "a", "--project", PROJECT, "--output", tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "nothing is published; start with `journeymine run`" in done.stderr
