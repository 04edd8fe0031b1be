"""Figures and names as the report writes them.

A real minus sign, an en dash in ranges, a no-break space before units; rates with
one decimal, and none under 30 cases.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

MINUS, DASH, SPACE = "\N{MINUS SIGN}", "\N{EN DASH}", "\N{NO-BREAK SPACE}"
JOINER = "\N{WORD JOINER}"
NOTHING = "\N{EM DASH}"
FEW = 30
NAMELESS = {"(none)": "No value", "(other)": "All others"}
ACRONYMS = {"nps", "csat", "ces", "crm", "faq"}
UNITS = (("d", 86400), ("h", 3600), ("min", 60), ("s", 1))


def count(value: float | None) -> str:
    """Return a whole number with thousands: `12,345`."""
    return NOTHING if value is None else f"{round(value):,}".replace("-", MINUS)


def compact(value: float) -> str:
    """Return a number for a narrow place: `987`, `12.3k`, `1.2M`."""
    if value < 1000:
        return count(value)
    if value < 999_950:
        return f"{value / 1000:.1f}k"
    return f"{value / 1_000_000:.1f}M"


def percent(share: float | None, cases: float | None = None) -> str:
    """Return a share as per cent: one decimal, or none under 30 cases."""
    if share is None:
        return NOTHING
    decimals = 0 if cases is not None and cases < FEW else 1
    return f"{100 * share:.{decimals}f}%".replace("-", MINUS)


def rough(share: float) -> str:
    """Return a share as whole per cent; what is there is never written as none."""
    return "<1%" if 0 < share < 0.005 else f"{100 * share:.0f}%"


def cases(number: float | None) -> str:
    """Return a number of cases, kept on one line: `n = 1,234`."""
    return f"n{SPACE}={SPACE}{count(number)}"


def interval(low: float | None, high: float | None, cases: float | None = None) -> str:
    """Return an interval of shares such as 14.9 to 15.3%; empty if there is none."""
    if low is None or high is None:
        return ""
    # The joiner keeps a line from breaking after the dash.
    return f"{percent(low, cases)[:-1]}{DASH}{JOINER}{percent(high, cases)}"


def signed(value: float | None, decimals: int = 2) -> str:
    """Return a number with its sign: zero has none."""
    if value is None:
        return NOTHING
    written = f"{value:+.{decimals}f}"
    if float(written) == 0:
        return written[1:]
    return written.replace("-", MINUS)


def between(low: float | None, high: float | None, decimals: int = 2) -> str:
    """Return an interval of signed numbers."""
    if low is None or high is None:
        return ""
    return f"{signed(low, decimals)} to {signed(high, decimals)}"


def duration(seconds: float | None) -> str:
    """Return a length of time with two digits that matter: `3.5 min`, `50 d`."""
    if seconds is None:
        return NOTHING
    for unit, size in UNITS:
        if seconds >= size or unit == "s":
            amount = seconds / size
            decimals = 1 if amount < 10 and unit != "s" else 0
            return f"{amount:.{decimals}f}".removesuffix(".0") + SPACE + unit
    return NOTHING


def money(value: float | None, currency: str) -> str:
    """Return an amount: to the thousand from 10,000 up, else whole."""
    if value is None:
        return ""
    sign = {"EUR": "€", "USD": "$", "GBP": "£"}.get(currency, currency + SPACE)
    if abs(value) >= 10_000:
        return f"about {sign}{count(value / 1000)}k"
    return f"{sign}{count(value)}"


def label(name: str) -> str:
    """Return a technical name as words: `cart_viewed` becomes `Cart viewed`."""
    if name in NAMELESS:
        return NAMELESS[name]
    words = name.replace("_", " ").strip()
    told = [part.upper() if part in ACRONYMS else part for part in words.split(" ")]
    return capital(" ".join(told)) or name


def capital(words: str) -> str:
    """Return words that begin with a capital letter."""
    return words[:1].upper() + words[1:]


def shorten(words: str, letters: int) -> str:
    """Return at most so many letters, cut at a word if one ends late enough."""
    if len(words) <= letters:
        return words
    cut = words[: letters - 1]
    at_word = cut.rsplit(" ", 1)[0]
    kept = at_word if len(at_word) > letters * 0.6 else cut
    return kept.rstrip(" ,.;:") + "…"


def day(moment: datetime, zone: str) -> str:
    """Return a calendar day in the project's zone: `30 June 2026`."""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{local.day} {local:%B %Y}"


def minute(moment: datetime, zone: str) -> str:
    """Return day, time and zone: `30 June 2026 23:40 CEST`."""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{local.day} {local:%B %Y %H:%M} {local.tzname()}"


def plural(number: float, one: str, many: str) -> str:
    """Return a count with the word that fits it: `1 customer`, `2 customers`."""
    return f"{count(number)} {one if number == 1 else many}"


def certainty(q_value: float | None) -> str:
    """Return a q-value as it stands beside a finding; empty if there is none."""
    if q_value is None:
        return ""
    return (
        f"q{SPACE}<{SPACE}0.001"
        if q_value < 0.001
        else f"q{SPACE}={SPACE}{q_value:.3f}"
    )
