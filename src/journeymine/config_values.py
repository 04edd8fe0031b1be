"""Values of the project file: lengths of time, moments, zones, lists of activities."""

import re
from datetime import UTC, datetime, timedelta
from typing import Annotated, Literal
from zoneinfo import available_timezones

from pydantic import AfterValidator, BeforeValidator, Field

UNITS = {
    "second": timedelta(seconds=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
}
MICROSECOND = timedelta(microseconds=1)
NAME = r"^[a-z][a-z0-9_]*$"


def parse_duration(value: object) -> timedelta:
    """Return the length of time that a text such as `"30 minutes"` states."""
    match = re.fullmatch(r"(\d+) (second|minute|hour|day|week)s?", str(value))
    if not match or int(match[1]) == 0:
        message = f'{value!r} is not a length of time; write for example "30 minutes"'
        raise ValueError(message)
    return int(match[1]) * UNITS[match[2]]


def microseconds(length: timedelta) -> int:
    """Return a length of time in whole microseconds."""
    return length // MICROSECOND


def _known_zone(value: str) -> str:
    if value not in available_timezones():
        message = f'{value!r} is not a time zone; write for example "Europe/Berlin"'
        raise ValueError(message)
    return value


def _in_utc(value: datetime) -> datetime:
    if value.tzinfo is None:
        message = "the time has no zone; write for example 2024-07-01T00:00:00Z"
        raise ValueError(message)
    return value.astimezone(UTC)


def one_or_more(value: object) -> object:
    """Return a single text as a list of one."""
    return [value] if isinstance(value, str) else value


Duration = Annotated[timedelta, BeforeValidator(parse_duration)]
Moment = Annotated[datetime, AfterValidator(_in_utc)]
Zone = Annotated[str, AfterValidator(_known_zone)]
Activities = Annotated[
    tuple[str, ...], BeforeValidator(one_or_more), Field(min_length=1)
]
ColumnNames = Annotated[
    tuple[str, ...], BeforeValidator(one_or_more), Field(min_length=1)
]
Name = Annotated[str, Field(pattern=NAME)]
SourceSystem = Literal[
    "web", "crm", "support", "feedback", "commerce", "marketing", "other"
]
