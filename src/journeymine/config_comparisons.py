"""What the project file compares: two groups of journeys, or two spans of time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator

from journeymine.config_funnels import Limit
from journeymine.config_sources import Section
from journeymine.config_values import Duration, Name, one_or_more

Values = Annotated[tuple[str, ...], BeforeValidator(one_or_more), Field(min_length=1)]

BUILT_IN = ("channel", "device", "month", "outcome", "persona")
"""Segments that every project has."""

FIRST = datetime.min.replace(tzinfo=UTC)
LAST = datetime.max.replace(tzinfo=UTC)

SHORT = ("persona", "outcome")
"""Segments of which two values may be named in one line."""


class Span(Section):
    """A span of time: `from` a day or moment `until` another one, which is outside."""

    from_: Annotated[Limit | None, Field(alias="from")] = None
    until: Limit | None = None


def _kind(value: object) -> str:
    return "[span]" if isinstance(value, dict | Span) else "[values]"


ValuesOrSpan = Annotated[
    Annotated[Values, Tag("[values]")] | Annotated[Span, Tag("[span]")],
    Discriminator(_kind),
]


@dataclass(frozen=True)
class Side:
    """One of the two that are compared.

    Attributes
    ----------
    label
        What tables and sentences call it.
    values
        Values of the segment that belong to it; None for all that the other lacks, or
        where spans of time are compared.
    since, until
        First moment, and the first one after it; None where nothing bounds it.
    """

    label: str
    values: tuple[str, ...] | None = None
    since: datetime | None = None
    until: datetime | None = None


class Comparison(Section):
    """Two sides, `a` and `b`.

    They are values of a `segment` (without `b`: all other values), or spans of time.
    `persona` and `outcome` name two values in one line. `at` compares what was before
    a day with what was from it on, for the time `within` on either side. `only` keeps
    the journeys with these values of other segments.
    """

    segment: Name | None = None
    a: ValuesOrSpan | None = None
    b: ValuesOrSpan | None = None
    at: Limit | None = None
    within: Duration | None = None
    only: dict[Name, Values] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _may_be_short(cls, value: object) -> object:
        if not isinstance(value, dict):
            return value
        for name in [name for name in SHORT if name in value]:
            pair = value[name]
            if not isinstance(pair, list) or len(pair) != 2:
                message = f"{name} takes two values; write for example ['p1', 'p2']"
                raise ValueError(message)
            if {"segment", "a", "b"} & {*value}:
                message = f"{name} names both sides; leave segment, a and b out"
                raise ValueError(message)
            rest = {key: one for key, one in value.items() if key != name}
            return {"segment": name, "a": pair[0], "b": pair[1], **rest}
        return value

    @model_validator(mode="after")
    def _has_two_sides(self) -> "Comparison":
        for message in _wrong_sides(self):
            raise ValueError(message)
        return self

    @property
    def segments(self) -> tuple[str, ...]:
        """The segments whose values it names."""
        return (*([self.segment] if self.segment else []), *self.only)

    def sides(self, zone: ZoneInfo) -> tuple[Side, Side]:
        """Return both sides; days begin in the project's zone."""
        if self.at is not None:
            return _around(self.at, self.within, zone)
        if isinstance(self.a, Span) and isinstance(self.b, Span):
            return _spanned(self.a, zone), _spanned(self.b, zone)
        a = self.a if isinstance(self.a, tuple) else ()
        b = self.b if isinstance(self.b, tuple) else None
        rest = " or ".join(b) if b else "all others"
        return Side(" or ".join(a), a), Side(rest, b)


def check_comparisons(
    comparisons: Mapping[str, Comparison],
    by: Iterable[str],
    segments: Iterable[str],
    zone: ZoneInfo,
) -> None:
    """Refuse what names an unknown segment, or spans that hold nothing or overlap.

    Raises
    ------
    ValueError
        With the setting, what is wrong with it, and what to do.
    """
    known = {*BUILT_IN, *segments}
    named = {f"comparisons.{name}": one.segments for name, one in comparisons.items()}
    for setting, names in {**named, "drift.by": by}.items():
        for name in names:
            if name not in known:
                message = f"{setting}: {name!r} is no segment; add it to segments"
                raise ValueError(message)
    for name, comparison in comparisons.items():
        if comparison.segment is None:
            _check_spans(f"comparisons.{name}", comparison.sides(zone))


def moment(limit: date | datetime, zone: ZoneInfo) -> datetime:
    """Return the moment at which a day begins; of a moment, itself."""
    if isinstance(limit, datetime):
        return limit
    return datetime.combine(limit, time(), zone)


def _check_spans(setting: str, sides: tuple[Side, Side]) -> None:
    spans = [(side.since or FIRST, side.until or LAST) for side in sides]
    for side, (since, until) in zip(sides, spans, strict=True):
        if since >= until:
            message = f"{setting}: {side.label} is empty; choose a later `until`"
            raise ValueError(message)
    begins, ends = zip(*spans, strict=True)
    if max(begins) < min(ends):
        message = f"{setting}: a and b overlap; let one end before the other begins"
        raise ValueError(message)


def _wrong_sides(comparison: Comparison) -> Iterable[str]:
    a, b = comparison.a, comparison.b
    if comparison.at is not None:
        if comparison.segment or a or b:
            yield "at has a before and an after; leave segment, a and b out"
        return
    if comparison.within is not None:
        yield "within needs at; name the day, or leave it out"
    if comparison.segment is None:
        if not (isinstance(a, Span) and isinstance(b, Span)):
            yield "two sides are missing; set segment and a, the spans a and b, or at"
    elif not isinstance(a, tuple) or isinstance(b, Span):
        yield f"a and b are values of {comparison.segment}; name them as texts"
    elif set(a) & set(b or ()):
        yield f"{min(set(a) & set(b or ()))!r} stands in a and in b; keep one of them"


def _around(
    at: date | datetime, within: timedelta | None, zone: ZoneInfo
) -> tuple[Side, Side]:
    middle = moment(at, zone)
    since, until = (middle - within, middle + within) if within else (None, None)
    return (
        Side(f"before {at}", since=since, until=middle),
        Side(f"from {at} on", since=middle, until=until),
    )


def _spanned(span: Span, zone: ZoneInfo) -> Side:
    limits = (("from", span.from_), ("until", span.until))
    words = [f"{word} {limit}" for word, limit in limits if limit is not None]
    since, until = (
        None if limit is None else moment(limit, zone) for _, limit in limits
    )
    return Side(" ".join(words) or "all times", since=since, until=until)
