"""A loan process, from XES and from Parquet: both give what the oracle states."""

import pytest
from tests.e2e.facts import (
    WHOLE,
    assert_same_funnel,
    assert_same_process,
    facts_of,
    funnel_of,
    process_of,
)

# The column that tells the two groups of applicants apart, per file.
GROUPS = {"lending_xes": "case:protected", "lending_parquet": "protected"}
TRUTH = {"protected": "true", "unprotected": "false"}


@pytest.fixture(scope="module")
def oracle(logs):
    return facts_of(logs / "lending_personas")


@pytest.mark.parametrize("file", GROUPS)
def test_paths_are_those_of_the_oracle(file, published, oracle):
    assert_same_process(process_of(published(file)), oracle["process"])


@pytest.mark.parametrize("group", TRUTH)
@pytest.mark.parametrize("file", GROUPS)
def test_paths_of_each_group_are_those_of_the_oracle(file, group, published, oracle):
    found = process_of(published(file), _slice(file, group))
    assert_same_process(found, oracle["per_persona_process"][group])


@pytest.mark.parametrize("file", GROUPS)
def test_the_ordered_funnel_is_that_of_the_oracle(file, published, oracle):
    found = funnel_of(published(file), "loan")
    assert_same_funnel(found, oracle["funnel"]["steps"])


@pytest.mark.parametrize("group", TRUTH)
@pytest.mark.parametrize("file", GROUPS)
def test_the_funnel_of_each_group_is_that_of_the_oracle(file, group, published, oracle):
    found = funnel_of(published(file), "loan", _slice(file, group))
    assert_same_funnel(found, oracle["funnel"]["by_segment"][group])


@pytest.mark.parametrize("file", GROUPS)
def test_the_funnel_in_any_order_is_that_of_the_oracle(file, published, oracle):
    told = oracle["funnel"]["any_order"]
    found = published(file).counts(
        f"select activity, journeys from fct_activities where {WHOLE}"
    )
    assert {activity: found[activity] for activity in told} == told


def test_both_files_tell_the_same_journeys(published):
    paths = [
        published(file).rows(
            """
            select dim_identities.identifier, fct_events.event_index,
                fct_events.activity, fct_events.occurred_at
            from fct_events
            inner join dim_identities
                on fct_events.customer_id = dim_identities.customer_id
            order by all
            """
        )
        for file in GROUPS
    ]
    assert paths[0] == paths[1]


def _slice(file: str, group: str) -> str:
    return (
        f"persona = 'all' and segment = '{GROUPS[file]}'"
        f" and segment_value = '{TRUTH[group]}'"
    )
