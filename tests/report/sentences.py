"""The figures of a text, as they are written.

A figure is `43.2%`, `1,234`, `€5k`, `3.5 min`, `+0.3`, `q = 0.004`, `9 April 2024`. An
estimate, its interval and its cases belong together: they are one claim.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

MONTHS = {
    date(2000, number, 1).strftime(form): number
    for form in ("%B", "%b")
    for number in range(1, 13)
}
DRAWN = r"\d+ of \d+ connections? carr(?:y|ies) .*"
"""Counts of what a level of the process map draws: see `test_process_map.py`."""

CONSTANTS = (
    DRAWN,
    r"95% (?:prediction )?(?:interval|band|confidence)\w*|(?:at|with) 95%",
    r"(?:under|below|<) 0\.05|arcs below \d+%|month \d+|under 10%|40% or more",
    r"\d+ further|leaves? out 0|[Aa]t least 30 at risk|Tenth 10|1 min|1 day",
    r"[Uu]nder 30 cases|under 5|fewer than \d+ people|25% fewer|100%|last 4 to 12",
    r"\N{MINUS SIGN}1 (?:to|and) \+1",
)
"""What the report says of its own rules; no row holds it."""

ISO = re.compile(r"\b(\d{4})-(\d\d)(?:-(\d\d))?\b")
DAY = re.compile(rf"(?:(\d{{1,2}}) )?({'|'.join(MONTHS)}) (\d{{4}})(?: \d\d:\d\d)?")
NUMBER = re.compile(
    r"(?P<q>[qp] [=<] )?(?P<sign>[+\N{MINUS SIGN}])?"
    r"(?P<money>[€$£])?"
    r"(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<part>\d+))?(?P<power>[kM]\b)?"
    r"(?P<unit>%| points| (?:days|d|h|min|s)\b)?"
    r"(?P<range>(?=(?:\N{EN DASH}| to )[^ ]+%))?"
)
TOGETHER = re.compile(r"[\s(,\N{EN DASH}]*(?:to|n =|or|of)?(?: about)?\s*")
RANGE = re.compile(r"\N{EN DASH}| to (?:about )?[+\N{MINUS SIGN}€$£]?\d")
INSIDE = ("(", "(about ", "interval ")
BELOW = 0.001
SECONDS = {" days": 86400.0, " d": 86400.0, " h": 3600.0, " min": 60.0, " s": 1.0}


@dataclass(frozen=True)
class Figure:
    """A figure as it is written, and where: `kind` says which cells it may be of."""

    text: str
    at: int
    kind: str
    value: float
    half: float = 0.0
    scale: float = 1.0
    role: str = ""


def claims(text: str) -> list[list[Figure]]:
    """Return the figures of a passage, those together that belong together.

    An estimate, its interval and its cases are one claim.
    """
    found: list[list[Figure]] = []
    end = 0
    for figure in sorted(figures(text), key=lambda one: one.at):
        last = found[-1][-1].kind if found else ""
        dates = {"day", "month"} & {figure.kind, last}
        if found and not dates and TOGETHER.fullmatch(text[end : figure.at]):
            found[-1].append(figure)
        else:
            found.append([figure])
        end = figure.at + len(figure.text)
    return [_with_roles(claim, text) for claim in found]


def _with_roles(claim: list[Figure], text: str) -> list[Figure]:
    """Tell the ends of an interval, and the cases, from what they are of."""
    told: list[Figure] = []
    for number, figure in enumerate(claim):
        before = text[: figure.at][-4:]
        end = figure.at + len(figure.text)
        is_range = number + 1 < len(claim) and RANGE.match(text[end:])
        is_told = number > 0 and claim[0].kind == figure.kind != "count"
        is_low = bool(is_range) and (
            text[end] == "\N{EN DASH}" or is_told or text[: figure.at].endswith(INSIDE)
        )
        is_high = bool(told) and told[-1].role == "low"
        role = (
            "low" if is_low else "high" if is_high else "n" if before == "n = " else ""
        )
        told.append(replace(figure, role=role))
    return told


def names(text: str) -> set[str]:
    """Return the names that a passage quotes, else writes with a capital letter."""
    return {*re.findall("“([^”]*)”", text)} or {*re.findall(r"\b[A-Z]\w+", text)}


def figures(text: str) -> Iterator[Figure]:
    """Return the figures of a passage, outside of the names that it quotes."""
    for pattern in ("“[^”]*”", *CONSTANTS):
        text = re.sub(pattern, lambda found: " " * len(found[0]), text)
    for found in DAY.finditer(text):
        day, month, year = found.groups()
        kind = "day" if day else "month"
        at = _ordinal(int(year), MONTHS[month], int(day or 1))
        yield Figure(found[0], found.start(), kind, at)
    for found in ISO.finditer(text):
        at = _ordinal(int(found[1]), int(found[2]), int(found[3] or 1))
        yield Figure(found[0], found.start(), "month", at)
    text = ISO.sub(lambda found: " " * len(found[0]), text)
    text = DAY.sub(lambda found: " " * len(found[0]), text)
    for found in NUMBER.finditer(text):
        if not text[found.start() - 1 : found.start()].isalpha():
            yield _figure(found)


def _ordinal(year: int, month: int, day: int) -> float:
    """Return the number of a day; of one that no calendar has, a number of none."""
    try:
        return date(year, month, day).toordinal()
    except ValueError:
        return -1.0


def _figure(found: re.Match[str]) -> Figure:
    part, power = found["part"] or "", {"k": 1e3, "M": 1e6}.get(found["power"], 1.0)
    value = float(found["whole"].replace(",", "") + "." + part)
    value *= power * (-1 if found["sign"] == "\N{MINUS SIGN}" else 1)
    half, unit = 0.5 * 10 ** -len(part) * power, found["unit"] or ""
    told = (found[0], found.start())
    if found["q"]:
        below = value if value == BELOW else -1.0  # no other bound is ever told
        value, half = (0.0, below) if "<" in found["q"] else (value, half)
        return Figure(*told, "q", value, half)
    if found["money"]:
        return Figure(*told, "money", value, half)
    if unit == " days":
        half = 0.0  # a setting, which is told whole
    if unit in SECONDS:
        return Figure(*told, "seconds", value, half, 1 / SECONDS[unit])
    if unit == "%" or found["range"] is not None:
        return Figure(*told, "share", value, half)
    if unit == " points":
        return Figure(*told, "points", value, half)
    kind = "signed" if found["sign"] else "part" if part else "count"
    return Figure(*told, kind, value, half)
