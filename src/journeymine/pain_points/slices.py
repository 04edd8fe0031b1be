"""Slices of the units at a place, and months as numbers."""

from typing import NamedTuple

ALL = "all"


class Slice(NamedTuple):
    """Some of the units at a place: of a month, a persona, a value, or of all."""

    period: str
    persona: str
    segment: str
    segment_value: str

    def is_part_of(self, other: "Slice") -> bool:
        """Whether it is another slice, narrowed down."""
        parts = zip((*self[:2], self[2:]), (*other[:2], other[2:]), strict=True)
        narrowed = all(
            mine == whole or whole in (ALL, (ALL, ALL)) for mine, whole in parts
        )
        return narrowed and self != other

    def overlaps(self, other: "Slice") -> bool:
        """Whether a unit may be in both."""
        if self.segment == other.segment and self.segment_value != other.segment_value:
            return False
        pairs = ((self.period, other.period), (self.persona, other.persona))
        return all(one == two or ALL in (one, two) for one, two in pairs)


def month_number(first_day: str) -> int:
    """Return the months from year 0 to that of a day, YYYY-MM-DD."""
    year, month, _ = first_day.split("-")
    return int(year) * 12 + int(month) - 1


def first_day(number: int) -> str:
    """Return the first day of a month, YYYY-MM-DD."""
    return f"{number // 12:04}-{number % 12 + 1:02}-01"
