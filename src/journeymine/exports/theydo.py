"""Metrics, opportunities and insights as files that TheyDo takes from a bucket."""

import re
from collections import defaultdict
from pathlib import Path

from journeymine.exports.grid import Grid, Map, Stage, read_grid
from journeymine.exports.packing import write_archive
from journeymine.report import words
from journeymine.report.cells import queries as cell_queries
from journeymine.report.cells.lines import opportunity_line
from journeymine.report.cells.model import Kpi, Note, Pain
from journeymine.report.cells.texts import as_markdown
from journeymine.report.ground import Ground
from journeymine.report.reader import Row

MOST = 2**31 - 1
NEAR = 1e-6
EMAIL = re.compile(
    r"[A-Za-z0-9_'+-]+(\.[A-Za-z0-9_'+-]+)*@([A-Za-z0-9-]+\.)+[A-Za-z]{2,}"
)
OPERATORS = {"up": "MORE_THAN_OR_EQUAL_TO", "down": "LESS_THAN_OR_EQUAL_TO"}

Json = dict[str, object]


def write_theydo(ground: Ground, path: Path) -> dict[str, int]:
    """Write an archive with a file for each of them, and return how many of each.

    Keys stay the same from run to run, so that an upload renews what it made before.
    """
    grid = read_grid(ground)
    months = _by_metric(ground.tables.rows(cell_queries.MONTHS))
    everyone = grid.maps[0]
    found = {
        "metrics": _metrics(grid, months),
        "opportunities": _opportunities(everyone, grid),
        "insights": _insights(everyone, grid),
    }
    write_archive(
        path,
        {
            f"{name}.json": {"format": f"THEYDO_{name.upper()}_V1", name: told}
            for name, told in found.items()
        },
    )
    return {name: len(told) for name, told in found.items()}


def _by_metric(rows: list[Row]) -> dict[tuple[str, str, str], list[Row]]:
    found = defaultdict(list)
    for row in rows:
        found[row.metric, row.objective, row.persona].append(row)
    return found


def _metrics(grid: Grid, months: dict[tuple[str, str, str], list[Row]]) -> list[Json]:
    """Return the measures of everyone; of a persona those with a target."""
    return [
        _metric(one, of, points, grid)
        for of in grid.maps
        for stage in (of.whole, *of.stages)
        for one in stage.kpis
        if of.persona == "all" or one.target is not None
        if (points := months[one.metric, one.objective, of.persona])
    ]


def _metric(one: Kpi, of: Map, points: list[Row], grid: Grid) -> Json:
    is_ratio = one.unit == "share" and all(map(_is_ratio, points))
    scale = 100 if is_ratio else 1
    told: Json = {
        "type": "RATIO" if is_ratio else "OTHER",
        "importKey": _key(grid, one.metric, one.objective, of.persona),
        "title": one.name if of.persona == "all" else f"{one.name} ({of.name})",
        "description": as_markdown(one.meaning),
        "unit": "%" if is_ratio else one.unit,
        "dataPoints": [_point(row, is_ratio) for row in points],
    }
    if not is_ratio:
        is_sum = one.unit in ("journeys", grid.currency)
        told["aggregationMethod"] = "SUM" if is_sum else "AVERAGE"
    if one.target is not None:
        told["target"] = one.target * scale
        told["targetComparisonOperator"] = OPERATORS[one.direction]
    return told | _owner(one.owner)


def _is_ratio(row: Row) -> bool:
    """Whether a share is of a count, and that count is known."""
    if not row.n or row.n > MOST:
        return False
    return bool(abs(row.value * row.n - round(row.value * row.n)) < NEAR)


def _point(row: Row, is_ratio: bool) -> Json:
    day: Json = {"dateOfMeasurement": row.last_day}
    if not is_ratio:
        return {**day, "value": float(row.value)}
    return {**day, "numerator": round(row.value * row.n), "denominator": int(row.n)}


def _opportunities(one: Map, grid: Grid) -> list[Json]:
    pains = [
        {
            "importKey": _key(grid, "pain", pain.key),
            "title": _title(pain),
            "description": _about(pain, grid),
            **_placed(pain.kind, stage),
        }
        for stage in (*one.stages, one.whole)
        for pain in stage.pains
        if pain.opportunity
    ]
    return [*pains, *_of_notes(one, grid, "idea")]


def _insights(one: Map, grid: Grid) -> list[Json]:
    """Return what hurts beyond doubt, and what the team saw."""
    pains = [
        {
            "importKey": _key(grid, "pain", pain.key),
            "title": _title(pain),
            "description": as_markdown(pain.finding),
            **_placed(pain.kind, stage),
        }
        for stage in (*one.stages, one.whole)
        for pain in stage.pains
        if pain.is_significant
    ]
    return [*pains, *_of_notes(one, grid, "observation")]


def _of_notes(one: Map, grid: Grid, kind: str) -> list[Json]:
    return [
        {
            "importKey": _key(grid, "note", note.note_id),
            "title": note.text,
            "description": as_markdown(_told(note)),
            "status": note.status,
            **_placed("note", stage),
            **_owner(note.owner),
        }
        for stage in (*one.stages, one.whole)
        for note in stage.notes
        if note.kind == kind and note.text
    ]


def _told(note: Note) -> str:
    effort = f"; effort {note.effort}" if note.effort else ""
    return f"On {note.place}{effort}"


def _title(pain: Pain) -> str:
    return f"{pain.title} ({pain.who})" if pain.who else pain.title


def _about(pain: Pain, grid: Grid) -> str:
    parts = [
        pain.finding,
        opportunity_line(pain, grid.currency) + _interval(pain, grid),
    ]
    if not pain.is_significant:
        parts.append("Not proven: it says what there would be to win.")
    return "\n\n".join(as_markdown(part) for part in parts if part)


def _interval(pain: Pain, grid: Grid) -> str:
    if pain.value_low is None or pain.value_high is None:
        return ""
    low, high = (
        words.money(one, grid.currency) for one in (pain.value_low, pain.value_high)
    )
    return f" (95% interval: {low} to {high})"


def _placed(kind: str, stage: Stage) -> Json:
    return {"tags": [kind], "groupTags": [{"tagGroup": "Stage", "tag": stage.name}]}


def _owner(owner: str) -> Json:
    """Return the owner, if it is an address: a name is nobody there."""
    return {"ownerEmail": owner} if EMAIL.fullmatch(owner) else {}


def _key(grid: Grid, *parts: str) -> str:
    return ":".join(("journeymine", grid.project, *parts))
