"""The calendar of the sample: six months in milliseconds, and times as text."""

from datetime import UTC, datetime, timedelta

SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR


def moment(text: str) -> int:
    """Return an ISO time as milliseconds since 1970."""
    return int(datetime.fromisoformat(text).timestamp()) * SECOND


START = moment("2024-01-01T00:00:00+00:00")
END = moment("2024-07-01T00:00:00+00:00")
INCIDENT_START = moment("2024-04-09T00:00:00+02:00")
INCIDENT_END = moment("2024-04-28T00:00:00+02:00")
MONTHS = ("2024-01", "2024-02", "2024-03", "2024-04", "2024-05", "2024-06")

_SUMMER_TIME = moment("2024-03-31T01:00:00+00:00")
_FIRST_DAY = datetime(2024, 1, 1, tzinfo=UTC)
# Some stories are told a few weeks beyond the last day, before they are cut.
_DAYS = tuple(f"{_FIRST_DAY + timedelta(days=day):%Y-%m-%d}" for day in range(260))
_MONTH_OF_DAY = tuple(MONTHS.index(min(day[:7], MONTHS[-1])) for day in _DAYS)
# Every event has two times: looking the pieces up takes a third of formatting them.
_MINUTES = tuple(f"T{m // 60:02d}:{m % 60:02d}:" for m in range(24 * 60))
_SECONDS = tuple(f"{second:02d}" for second in range(60))
_MILLISECONDS = tuple(f".{ms:03d}Z" for ms in range(SECOND))


def utc_text(at: int) -> str:
    """Return a moment as `2024-04-10T12:03:22.123Z`."""
    at -= START
    day, minute = _DAYS[at // DAY], _MINUTES[at // MINUTE % len(_MINUTES)]
    second, ms = _SECONDS[at // SECOND % 60], _MILLISECONDS[at % SECOND]
    return f"{day}{minute}{second}{ms}"


def seconds_text(at: int) -> str:
    """Return a moment as `2024-04-10T12:03:22Z`."""
    return utc_text(at)[:-5] + "Z"


def offset_text(at: int) -> str:
    """Return a moment as `2024-04-10T14:03:22+02:00`, on Berlin's clock."""
    zone = "+02:00" if at >= _SUMMER_TIME else "+01:00"
    return utc_text(at + berlin_offset(at))[:-5] + zone


def local_text(at: int) -> str:
    """Return a moment as `2024-04-10 14:03:22`, on Berlin's clock, zone unsaid."""
    return utc_text(at + berlin_offset(at))[:-5].replace("T", " ")


def berlin_offset(at: int) -> int:
    """Return what Berlin's clock is ahead of UTC by."""
    return 2 * HOUR if at >= _SUMMER_TIME else HOUR


def on_day(at: int, hour: float) -> int:
    """Return the moment of the UTC day of `at` when Berlin's clock shows `hour`."""
    midnight = at - (at - START) % DAY
    return midnight + int(hour * HOUR) - berlin_offset(midnight)


def month_index(at: int) -> int:
    """Return which of `MONTHS` a moment lies in (UTC), the last for any later."""
    return _MONTH_OF_DAY[(at - START) // DAY]


def in_incident(at: int) -> bool:
    """Say whether a moment lies in the payment incident."""
    return INCIDENT_START <= at < INCIDENT_END
