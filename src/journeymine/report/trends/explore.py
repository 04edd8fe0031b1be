"""What the chart to explore needs: Plotly's script, and the values, both packed.

The browser unpacks them once the reader opens the chart, and only then.
"""

import base64
import gzip
import json
import math
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from journeymine.report import words
from journeymine.report.facts import Facts
from journeymine.report.trends.incidents import Incident, slice_name
from journeymine.report.trends.measures import DAY, SIGNED, Measure
from journeymine.report.trends.scale import sign_of
from journeymine.report.trends.series import Key, Line, Slice

Json = dict[str, object]
FEW = 30
SMALL = 9_999.5
"""Up to here, amounts are told whole; above, in thousands."""


def explored(content: Json) -> dict[str, object]:
    """Return what the template shows of the chart: values and script, packed."""
    written = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return {
        "data": packed(written.encode("utf-8")),
        "script": script(),
        "notice": notice(),
    }


@cache
def script() -> str:
    """Return Plotly's script, packed."""
    return packed(_plotly())


@cache
def notice() -> str:
    """Return whose script it is, as its first comment says."""
    head = _plotly().partition(b"*/")[0].decode("utf-8")
    return " ".join(line.strip(" *") for line in head.split("\n")[1:]).strip()


def _plotly() -> bytes:
    return files("plotly").joinpath("package_data", "plotly.min.js").read_bytes()


def packed(content: bytes) -> str:
    """Return what `DecompressionStream` unpacks, as base64; without a time in it."""
    return base64.b64encode(gzip.compress(content, 9, mtime=0)).decode("ascii")


def data(
    lines: Mapping[Key, Line],
    measures: Sequence[Measure],
    incidents: Sequence[Incident],
    facts: Facts,
    first: str = "",
) -> Json:
    """Return all lines with more than one value, as the page's script reads them.

    They stand as exactly as they are told: script and tables say the same. The chart
    begins with the measure `first`.
    """
    shown = {key: line for key, line in lines.items() if len(line.known) > 1}
    slices = _slices(shown, facts)
    places = {one: number for number, one in enumerate(slices)}
    metrics = {key.metric for key in shown}
    drawn = [one for one in measures if one.key in metrics]
    keys = [one.key for one in drawn]
    return {
        "sign": sign_of(facts.currency),
        "first": keys.index(first) if first in keys else 0,
        "measures": [_measure(one) for one in drawn],
        "slices": list(slices.values()),
        "lines": [
            [keys.index(key.metric), places[key.slice], key.kind, *_columns(line)]
            for key, line in sorted(shown.items(), key=lambda item: _order(item, keys))
        ],
        "incidents": [_incident(one) for one in incidents],
    }


def _order(item: tuple[Key, Line], keys: Sequence[str]) -> tuple[int, str, Slice]:
    key, _ = item
    return keys.index(key.metric), key.kind, key.slice


def _slices(lines: Mapping[Key, Line], facts: Facts) -> dict[Slice, str]:
    """Return the slices that have a line, with their names: all, personas, segments."""
    order = {one.key: number for number, one in enumerate(facts.personas)}
    rows = {key.slice: line.rows[0] for key, line in lines.items()}
    ranked = sorted(
        rows,
        key=lambda one: (one[1] != "all", order.get(one[0], len(order)), one),
    )
    return {one: slice_name(rows[one], facts) for one in ranked}


def _measure(one: Measure) -> Json:
    return {
        "name": one.name,
        "words": one.words,
        "unit": "money" if one.unit == one.currency else one.unit,
        "steps": steps(one),
    }


def _incident(one: Incident) -> Json:
    return {
        "label": one.label,
        "since": one.since.isoformat(),
        "until": one.until.isoformat() if one.until else None,
    }


def _target(line: Line) -> int | None:
    target: float | None = next(
        (row.target for row in line.rows if row.target is not None), None
    )
    return None if target is None else held(line.measure, target, FEW)


def _columns(line: Line) -> list[object]:
    """Return target, periods, values, ends of intervals, cases, and what is final.

    Small numbers that are alike pack best: so lows and highs are distances.
    """
    rows = line.known
    values, lows, highs = (
        [held(line.measure, getattr(row, name), row.n) for row in rows]
        for name in ("value", "value_low", "value_high")
    )
    return [
        _target(line),
        [row.period for row in rows],
        values,
        [_apart(low, value) for low, value in zip(lows, values, strict=True)],
        [_apart(value, high) for high, value in zip(highs, values, strict=True)],
        [row.n for row in rows],
        [int(row.is_final) for row in rows],
    ]


def held(measure: Measure, value: float | None, cases: int) -> int | None:
    """Return a value in whole steps of what is told: no digit more is needed."""
    if value is None:
        return None
    if measure.unit == "share":
        value = float(f"{100 * value:.{0 if cases < FEW else 1}f}")
    elif measure.unit in SIGNED:
        value = float(f"{value:.{SIGNED[measure.unit]}f}")
    elif measure.unit == "days":
        value = _seconds(value * DAY)
    elif abs(value) < SMALL:
        value = round(value)
    return round(value * steps(measure))


def steps(measure: Measure) -> int:
    """Return how many steps there are in one of what the script is told."""
    if measure.unit == measure.currency:
        return 100
    return {"share": 10, "emotion": 100, "days": 10}.get(measure.unit, 1)


def _apart(low: int | None, high: int | None) -> int | None:
    return None if low is None or high is None else high - low


def _seconds(seconds: float) -> float:
    """Return a length of time to the digits that `words.duration` writes.

    What it writes as 24 h stays just below a day, so that it is written so again.
    """
    size = next(
        (size for unit, size in words.UNITS if seconds >= size or unit == "s"), 1
    )
    decimals = 1 if seconds / size < 10 and size > 1 else 0
    told = float(f"{seconds / size:.{decimals}f}") * size
    above = min((one for _, one in words.UNITS if one > size), default=math.inf)
    return min(told, above - 0.1)
