"""The conversion rate of a funnel in words: the figure, its interval, its basis."""

from dataclasses import dataclass

from journeymine.report import words
from journeymine.report.reader import Row

BASES = {
    "rate_km": "those still in progress are counted as long as they are seen",
    "rate_mature": "entries that had all their time",
    "rate_observed": "so far",
}
NAMES = {
    "rate_observed": "Observed so far",
    "rate_mature": "Entries that had all their time",
    "rate_km": "In progress taken into account (Kaplan\N{EN DASH}Meier)",
}


@dataclass(frozen=True)
class Rate:
    """One rate, as it is written."""

    name: str
    value: str
    interval: str
    cases: str


def headline(row: Row) -> Rate:
    """Return the headline conversion rate of a funnel, from any of its rows."""
    basis = basis_of(row)
    if row.conversion_rate is None:
        reason = row.conversion_rate_reason or "too few entries had all their time"
        return Rate(words.label(reason.replace("_", " ")), "Not known", "", "")
    cases = row.entered_mature if basis == "rate_mature" else row.entered
    return Rate(
        BASES.get(basis, basis),
        words.percent(row.conversion_rate, cases),
        words.interval(row.conversion_rate_low, row.conversion_rate_high, cases),
        words.count(cases),
    )


def basis_of(row: Row) -> str:
    """Return the name of the rate that the headline is."""
    basis = row.conversion_rate_basis or ""
    return basis if basis.startswith("rate_") or not basis else f"rate_{basis}"


def all_rates(row: Row) -> list[Rate]:
    """Return the three rates side by side; what is null is said to be."""
    found = []
    for column, name in NAMES.items():
        cases = row.entered_mature if column == "rate_mature" else row.entered
        value = getattr(row, column)
        bounds = getattr(row, f"{column}_low"), getattr(row, f"{column}_high")
        found.append(
            Rate(
                name,
                "not known" if value is None else words.percent(value, cases),
                words.interval(*bounds, cases) or _reason(row, column),
                words.count(cases),
            )
        )
    return found


def _reason(row: Row, column: str) -> str:
    """Say why a rate is null, where the table says it."""
    reason = getattr(row, f"{column}_reason", None)
    return reason or words.NOTHING


def window(seconds: float | None) -> str:
    """Return the funnel's window in words: `14 days`."""
    if not seconds:
        return ""
    for name, size in (("day", 86400), ("hour", 3600), ("minute", 60)):
        if seconds >= size and seconds % size == 0:
            return words.plural(seconds / size, name, f"{name}s").replace(
                " ", words.SPACE
            )
    return words.plural(seconds, "second", "seconds")


def units(row: Row, number: float) -> str:
    """Return the unit of a funnel in the right number."""
    unit = row.unit or "customer"
    return unit if number == 1 else f"{unit}s"
