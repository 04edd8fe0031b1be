"""Starts and ends of an activity become one event, with the time that it took."""

from collections.abc import Callable

import pytest
from tests.core.bench import Given, ResultOf, SetProject

from journeymine.warehouse import Row

SOURCE = """
[sources.log]
path = "log.csv"
format = "csv"
columns = { occurred_at = "at", activity = "what" }
"""
ALL = SOURCE + 'lifecycle = "all"\n'
KEEP = '[journey]\ncase = "case"\n'


@pytest.fixture
def told(
    project: SetProject, given: Given, result_of: ResultOf
) -> Callable[..., list[Row]]:
    """Draw staged events of one day, and return what became of them."""

    def draw(drawing: str, more: str = SOURCE) -> list[Row]:
        project(more + KEEP)
        header, *rows = (line.strip() for line in drawing.strip().splitlines())
        given(
            stg_events="\n".join(
                [
                    f"source | source_order | event_id | {header}",
                    *(f"log | {n} | e{n} | {row}" for n, row in enumerate(rows, 1)),
                ]
            )
        )
        return result_of(
            "int_events left join int_activity_instances using (event_id)",
            "event_id",
            "rule",
            "strftime(started_at, '%H:%M')",
            "service_us // 60000000",
            "lifecycle_flag",
        )

    return draw


def test_a_start_and_its_end_are_one_event_at_the_end(told):
    assert told("""
        case_id | activity | lifecycle | occurred_at
        c1      | pay      | start     | 2024-05-01 09:00
        c1      | ship     |           | 2024-05-01 09:10
        c1      | pay      | COMPLETE  | 2024-05-01 09:30
    """) == [
        ("e1", "lifecycle", None, None, None),
        ("e2", None, None, None, None),
        ("e3", None, "09:00", 30, None),
    ]


def test_the_source_may_keep_all_states(told):
    drawing = """
        case_id | activity | lifecycle | occurred_at
        c1      | pay      | assign    | 2024-05-01 08:00
        c1      | pay      | start     | 2024-05-01 09:00
        c1      | pay      | complete  | 2024-05-01 09:30
    """
    assert [row[1] for row in told(drawing)] == ["lifecycle", "lifecycle", None]
    assert told(drawing, ALL) == [
        ("e1", None, None, None, None),
        ("e2", None, None, None, None),
        ("e3", None, "09:00", 30, None),
    ]


def test_what_has_no_counterpart_stays_and_is_flagged(told):
    assert told("""
        case_id | activity | lifecycle | occurred_at
        c1      | pay      | complete  | 2024-05-01 09:00
        c1      | pay      | start     | 2024-05-01 09:10
        c1      | pay      | complete  | 2024-05-01 09:20
        c1      | pay      | complete  | 2024-05-01 09:30
        c1      | pay      | start     | 2024-05-01 09:40
        c2      | ship     | complete  | 2024-05-01 09:55
    """) == [
        ("e1", None, None, None, "unstarted"),
        ("e2", "lifecycle", None, None, None),
        ("e3", None, "09:10", 10, None),
        ("e4", None, None, None, "unstarted"),
        ("e5", None, None, None, "unfinished"),
        ("e6", None, None, None, None),  # nobody ever starts it
    ]


def test_of_several_that_are_open_the_first_ends_first(told):
    assert told("""
        case_id | activity | lifecycle | occurred_at
        c1      | pay      | start     | 2024-05-01 09:00
        c1      | pay      | start     | 2024-05-01 09:10
        c1      | pay      | complete  | 2024-05-01 09:20
        c1      | pay      | complete  | 2024-05-01 09:50
    """)[2:] == [
        ("e3", None, "09:00", 20, None),
        ("e4", None, "09:10", 40, None),
    ]


def test_who_starts_ends_it_where_both_are_told(told):
    assert told("""
        case_id | activity | lifecycle | resource | occurred_at
        c1      | pay      | start     | ann      | 2024-05-01 09:00
        c1      | pay      | start     | bob      | 2024-05-01 09:10
        c1      | pay      | complete  | bob      | 2024-05-01 09:20
        c1      | pay      | complete  | ann      | 2024-05-01 09:50
    """)[2:] == [
        ("e3", None, "09:10", 10, None),
        ("e4", None, "09:00", 50, None),
    ]


def test_work_that_is_handed_over_is_one_event_too(told):
    assert told("""
        case_id | activity | lifecycle | resource | occurred_at
        c1      | pay      | start     | ann      | 2024-05-01 09:00
        c1      | pay      | complete  | bob      | 2024-05-01 09:20
    """) == [
        ("e1", "lifecycle", None, None, None),
        ("e2", None, "09:00", 20, None),
    ]


def test_the_named_execution_decides_alone(told):
    assert told("""
        case_id | activity | lifecycle | instance | resource | occurred_at
        c1      | pay      | start     | i1       | ann      | 2024-05-01 09:00
        c1      | pay      | start     | i2       | ann      | 2024-05-01 09:10
        c1      | pay      | complete  | i2       | bob      | 2024-05-01 09:20
        c1      | pay      | complete  | i1       | ann      | 2024-05-01 09:50
        c1      | pay      | complete  | i3       | ann      | 2024-05-01 09:55
    """)[2:] == [
        ("e3", None, "09:10", 10, None),
        ("e4", None, "09:00", 50, None),
        ("e5", None, None, None, "unstarted"),
    ]


def test_a_pause_is_no_service(told):
    assert told("""
        case_id | activity | lifecycle | occurred_at
        c1      | pay      | start     | 2024-05-01 09:00
        c1      | pay      | suspend   | 2024-05-01 09:10
        c1      | pay      | resume    | 2024-05-01 09:25
        c1      | pay      | suspend   | 2024-05-01 09:50
        c1      | pay      | complete  | 2024-05-01 10:00
    """) == [
        *((f"e{n}", "lifecycle", None, None, None) for n in range(1, 5)),
        ("e5", None, "09:00", 35, None),
    ]


def test_equal_times_stand_in_the_order_of_the_file(told):
    assert told("""
        case_id | activity | lifecycle | occurred_at
        c1      | pay      | complete  | 2024-05-01 09:00
        c1      | pay      | start     | 2024-05-01 09:00
        c1      | ship     | start     | 2024-05-01 09:00
        c1      | ship     | complete  | 2024-05-01 09:00
    """) == [
        ("e1", None, None, None, "unstarted"),
        ("e2", None, None, None, "unfinished"),
        ("e3", "lifecycle", None, None, None),
        ("e4", None, "09:00", 0, None),
    ]


def test_an_end_after_the_watermark_is_not_known(told):
    assert told("""
        case_id | activity | lifecycle | occurred_at
        c1      | pay      | start     | 2024-06-30 23:00
        c1      | pay      | complete  | 2024-07-01 01:00
    """) == [
        ("e1", None, None, None, "unfinished"),
        ("e2", "after_as_of", None, None, None),
    ]


def test_an_abort_ends_the_work_and_a_word_of_the_sources_own_is_an_event(told):
    assert told("""
        case_id | activity | lifecycle   | occurred_at
        c1      | pay      | start       | 2024-05-01 09:00
        c1      | pay      | In Progress | 2024-05-01 09:10
        c1      | pay      | ate_abort   | 2024-05-01 09:20
    """) == [
        ("e1", "lifecycle", None, None, None),
        ("e2", None, None, None, None),
        ("e3", None, "09:00", 20, None),
    ]
