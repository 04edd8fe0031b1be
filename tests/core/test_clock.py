"""What a run judges by: the watermark, and the silence that ends a journey."""

from datetime import UTC, datetime

import pytest
from tests.core.bench import Bench, Given, ResultOf, SetProject

from journeymine.errors import SourceError
from journeymine.gates import stopped_sources

SOURCE = """
[sources.{name}]
path = "x.csv"
format = "csv"
columns = {{ occurred_at = "at", activity = "what" }}
{more}
"""
PROJECT = '[project]\nname = "T"\n'
EVENTS = """
    source | customer | activity | occurred_at
    web    | ann      | view     | 2024-05-01 09:00
    web    | ann      | view     | 2024-05-03 09:00
    crm    | ann      | call     | 2024-05-02 09:00
"""


def sources(web: str = "", crm: str = "") -> str:
    return SOURCE.format(name="web", more=web) + SOURCE.format(name="crm", more=crm)


@pytest.mark.parametrize(
    ("toml", "as_of", "is_assumed"),
    [
        (PROJECT + "as_of = 2024-04-01T00:00:00Z\n" + sources(), (4, 1, 0), False),
        (PROJECT + sources(), (5, 3, 9), True),
        (
            PROJECT + sources(web="complete_until = 2024-06-01T00:00:00Z"),
            (6, 1, 0),
            False,
        ),
        (
            PROJECT
            + sources(
                web="complete_until = 2024-06-02T00:00:00Z",
                crm="complete_until = 2024-06-01T00:00:00Z",
            ),
            (6, 1, 0),
            False,
        ),
        (
            PROJECT
            + sources(
                web="complete_until = 2024-06-02T00:00:00Z",
                crm="complete_until = 2024-06-01T00:00:00Z\nrequired = false",
            ),
            (6, 2, 0),
            False,
        ),
    ],
    ids=["set", "last event", "declared by one", "the least", "of required ones"],
)
def test_the_watermark(
    toml: str, as_of: tuple[int, int, int], is_assumed: bool, bench: Bench
) -> None:
    bench.set_project(toml)
    bench.given(stg_events=EVENTS)
    bench.build("py_watermarks")
    month, day, hour = as_of
    assert bench.context.parameters["as_of"] == datetime(
        2024, month, day, hour, tzinfo=UTC
    )
    assert bench.context.parameters["is_as_of_assumed"] is is_assumed


def test_each_source_says_until_when_it_is_complete(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(PROJECT + sources(web="complete_until = 2024-06-01T00:00:00Z"))
    given(stg_events=EVENTS)
    assert result_of(
        "meta_watermarks", "source, day(complete_until), is_assumed, day(last_at)"
    ) == [("crm", 2, True, 2), ("web", 1, False, 3)]


@pytest.mark.parametrize(
    ("last", "as_of", "usual", "is_stopped"),
    [
        # Days 1, 2 and 5: never silent for more than 3 days.
        ("2024-05-05 09:00", "2024-05-11T09:00:00Z", 3, False),
        ("2024-05-05 09:00", "2024-05-11T09:00:01Z", 3, True),
        # What comes after the moment that is judged does not count.
        ("2024-05-30 09:00", "2024-05-04T00:00:00Z", None, False),
        ("2024-05-03 09:00", "2024-05-05T09:00:00Z", 1, False),
        ("2024-05-03 09:00", "2024-05-05T09:00:01Z", 1, True),
        # Two days are too few to say what is usual.
        ("2024-05-02 10:00", "2024-06-01T00:00:00Z", None, False),
    ],
)
def test_a_source_stopped_if_it_is_silent_twice_as_long_as_ever(
    last: str, as_of: str, usual: int | None, *, is_stopped: bool, bench: Bench
) -> None:
    bench.set_project(PROJECT + f"as_of = {as_of}\n" + sources())
    bench.given(
        stg_events=f"""
            source | customer | activity | occurred_at
            web    | ann      | view     | 2024-05-01 09:00
            web    | ann      | view     | 2024-05-01 12:00
            web    | ann      | view     | 2024-05-02 09:00
            web    | ann      | view     | {last}
        """
    )
    del bench.context.parameters["as_of"]
    assert bench.result_of(
        "meta_watermarks", "source, usual_silence_seconds // 86400, is_stopped"
    ) == [("crm", None, False), ("web", usual, is_stopped)]
    warnings = [
        f"sources.web: no event since {last[:10]}, its longest silence before was"
        f" {usual} {'day' if usual == 1 else 'days'}"
    ]
    assert stopped_sources(bench.con) == (warnings if is_stopped else [])


def test_a_silence_lasts_from_the_last_event_that_counts(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(PROJECT + "as_of = 2024-05-02T10:00:00Z\n" + sources())
    given(stg_events=EVENTS)
    assert result_of(
        "meta_watermarks", "source, silence_seconds, day(last_at), day(silent_since)"
    ) == [("crm", 3600, 2, 2), ("web", 25 * 3600, 3, 1)]


def test_without_an_event_there_is_no_watermark(bench: Bench) -> None:
    bench.set_project(PROJECT + sources())
    with pytest.raises(SourceError, match="no file holds a good event"):
        bench.build("py_watermarks")


def learned_days(bench: Bench, silences: list[int]) -> float:
    """Return the learned inactivity, in days, of one customer per silence of days."""
    bench.set_project(
        '[project]\nname = "T"\nas_of = 2024-12-31T00:00:00Z\n'
        '[journey]\ninactivity = "learned"'
    )
    bench.given(
        stg_events={
            "customer": [f"c{n}" for n in range(len(silences)) for _ in "12"],
            "activity": ["view"] * 2 * len(silences),
            "occurred_at": [
                f"2024-{month:02}-{day:02} 00:00"
                for days in silences
                for month, day in ((3, 1), (3, 1 + days) if days < 31 else (9, 1))
            ],
        }
    )
    bench.build("int_journeys")
    return int(str(bench.context.parameters["inactivity_us"])) / 86_400_000_000


def test_a_learned_silence_is_the_one_that_19_of_20_do_not_exceed(bench: Bench) -> None:
    assert learned_days(bench, [1] * 18 + [7, 20]) == 7
    assert learned_days(bench, list(range(1, 21))) == 19


def test_a_learned_silence_is_90_days_at_most(bench: Bench) -> None:
    assert learned_days(bench, [31] * 10) == 90


def test_a_learned_silence_without_any_is_90_days(bench: Bench) -> None:
    bench.set_project('[journey]\ninactivity = "learned"')
    bench.given(
        stg_events={"customer": ["a"], "activity": ["v"], "occurred_at": ["2024-01-01"]}
    )
    bench.build("int_journeys")
    assert bench.context.parameters["inactivity_us"] == 90 * 86_400_000_000
