"""The most frequent variants with their outcome, and the mined process models."""

from base64 import b64encode
from dataclasses import dataclass

from markupsafe import Markup

from journeymine import svg
from journeymine.report import queries, words
from journeymine.report.facts import Facts
from journeymine.report.reader import Row, Tables

STEPS = 8
ENDINGS = (
    ("converted", "converted", "fv"),
    ("exited", "exited", "fd"),
    ("abandoned", "abandoned", "fds"),
    ("in_progress", "in progress", "fw"),
)


@dataclass(frozen=True)
class Variant:
    """One sequence of activities, and how its journeys ended."""

    steps: list[str]
    more: int
    whole: str
    journeys: str
    share: str
    outcome: Markup
    ended: str
    duration: str


@dataclass(frozen=True)
class Variants:
    """The most frequent variants."""

    title: str
    rows: list[Variant]


@dataclass(frozen=True)
class Model:
    """One mined process model, as a picture that carries its own colours."""

    key: str
    label: str
    picture: str
    sentence: str


def read_variants(tables: Tables) -> Variants:
    """Return the ten most frequent variants."""
    rows = tables.rows(queries.VARIANTS)
    share = sum(row.share or 0 for row in rows)
    names = "variant makes" if len(rows) == 1 else "variants make"
    made = words.percent(share, _journeys(rows[0])) if rows else ""
    title = f"The {len(rows)} most frequent {names} up {made} of journeys"
    return Variants(title, [_variant(row) for row in rows])


def _variant(row: Row) -> Variant:
    steps = [words.label(name) for name in row.variant.split(" > ")]
    short = _folded(steps)
    counts = [(name, kind, getattr(row, key)) for key, name, kind in ENDINGS]
    ended = ", ".join(f"{words.count(n)} {name}" for name, _, n in counts if n)
    return Variant(
        steps=short[:STEPS],
        more=max(0, len(short) - STEPS),
        whole=" → ".join(steps),
        journeys=words.count(row.journeys),
        share=words.percent(row.share, _journeys(row)),
        outcome=_outcome(counts, ended),
        ended=ended,
        duration=words.duration(row.p50_seconds),
    )


def _journeys(row: Row) -> float | None:
    """Return how many journeys a share is of."""
    return row.journeys / row.share if row.share else None


def _folded(steps: list[str]) -> list[str]:
    """Write a step that follows itself once, with how often."""
    folded: list[tuple[str, int]] = []
    for step in steps:
        if folded and folded[-1][0] == step:
            folded[-1] = (step, folded[-1][1] + 1)
        else:
            folded.append((step, 1))
    times = "\N{MULTIPLICATION SIGN}"
    return [name if n == 1 else f"{name} {times}{n}" for name, n in folded]


def _outcome(counts: list[tuple[str, str, int]], ended: str) -> Markup:
    total = sum(number for _, _, number in counts)
    parts, start = [], 0
    for _, kind, number in counts:
        if number:
            parts.append(
                svg.tag(
                    "rect",
                    x=svg.share_of(start, total),
                    width=svg.share_of(number, total),
                    y=1,
                    height=12,
                    class_=kind,
                )
            )
        start += number
    return svg.tag("svg", *parts, class_="out", role="img", aria_label=ended)


def read_models(tables: Tables, facts: Facts) -> list[Model]:
    """Return the mined models of who is shown; none without the `mining` extra."""
    if not tables.has("fct_process_models"):
        return []
    shown = {one.key for one in facts.personas}
    return [
        Model(
            row.persona,
            facts.label_of(row.persona),
            _picture(tables, row),
            _sentence(row),
        )
        for row in tables.rows(queries.PROCESS_MODELS)
        if row.persona in shown
    ]


def _picture(tables: Tables, row: Row) -> str:
    """Return the drawn model as a data address: a picture runs no script."""
    file = tables.folder / (row.svg_file or "")
    if not file.is_file():
        return ""
    return f"data:image/svg+xml;base64,{b64encode(file.read_bytes()).decode()}"


def _sentence(row: Row) -> str:
    activities = words.plural(row.activities, "activity", "activities")
    steps = words.plural(row.transitions, "transition", "transitions")
    noise = words.rough(row.noise_threshold)
    return (
        f"{words.capital(row.miner)}: the {activities} that one journey in five "
        f"or more holds, {steps}; arcs below {noise} of an activity's strongest are "
        "noise."
    )
