"""Times as text are what Python's own calendar says."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as st

from journeymine.sample.times import (
    DAY,
    INCIDENT_END,
    MONTHS,
    START,
    local_text,
    month_index,
    offset_text,
    seconds_text,
    utc_text,
)

# Stories are told a few weeks beyond the last day, while it is still summer.
MOMENTS = st.integers(START, START + 258 * DAY - 1)
BERLIN = ZoneInfo("Europe/Berlin")


def clock(at: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=at)


@given(MOMENTS)
@example(START)
@example(START + DAY - 1)
def test_a_moment_has_the_texts_that_the_calendar_gives_it(at):
    utc, berlin = clock(at), clock(at).astimezone(BERLIN)
    stem = utc.isoformat(timespec="milliseconds").removesuffix("+00:00")
    assert utc_text(at) == f"{stem}Z"
    assert seconds_text(at) == f"{stem[:-4]}Z"
    assert offset_text(at) == berlin.isoformat(timespec="seconds")
    assert local_text(at) == f"{berlin:%Y-%m-%d %H:%M:%S}"


@given(MOMENTS)
@example(INCIDENT_END)
def test_what_is_received_after_the_last_month_counts_as_of_it(at):
    assert MONTHS[month_index(at)] == min(f"{clock(at):%Y-%m}", MONTHS[-1])
