"""Credit of each channel by every model: one row per channel, a mark per model."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from journeymine.report import words
from journeymine.report.facts import Facts
from journeymine.report.reader import Row, Tables
from journeymine.report.whatif import findings, queries
from journeymine.report.whatif.marks import Scale, draw_marks, draw_scale, scale_of


@dataclass(frozen=True)
class Channel:
    """A channel: its marks, and its figures by the headline model."""

    name: str
    marks: Markup
    figures: tuple[str, ...]


@dataclass(frozen=True)
class Credits:
    """The channels of one persona.

    `by_model` has the figures of every model, channel by channel; `table` the credit
    of each channel by all models.
    """

    key: str
    label: str
    title: str
    caption: str
    scale: Markup
    head: tuple[str, ...]
    channels: list[Channel]
    by_model: dict[str, list[tuple[str, ...]]]
    table: list[list[str]]


@dataclass(frozen=True)
class Attribution:
    """What is credited, of all personas."""

    title: str
    lead: str
    personas: dict[str, Credits]


def read_attribution(tables: Tables, facts: Facts) -> Attribution | None:
    """Return what the models credit; None without a conversion that they look at."""
    parts: dict[str, list[Row]] = defaultdict(list)
    for row in tables.rows(queries.CREDITS):
        if row.conversions:
            parts[row.persona].append(row)
    if "all" not in parts:
        return None
    whole = parts["all"]
    return Attribution(
        findings.disagreement(whole),
        findings.lead(whole),
        {
            one.key: _credits(one.key, one.label, parts[one.key], facts)
            for one in facts.personas
            if one.key in parts
        },
    )


def _credits(key: str, label: str, rows: Sequence[Row], facts: Facts) -> Credits:
    by_channel = _by_channel(rows)
    scale = scale_of(rows)
    figures = {
        model: [_figures(own[model], facts, rows) for own in by_channel]
        for model in findings.MODELS
    }
    return Credits(
        key,
        label,
        findings.most_credited(rows),
        _caption(rows[0], facts),
        draw_scale(scale),
        _head(rows, facts),
        [
            _channel(own, scale, told)
            for own, told in zip(by_channel, figures[findings.HEADLINE], strict=True)
        ],
        figures,
        [_table_row(own) for own in by_channel],
    )


def _by_channel(rows: Sequence[Row]) -> list[dict[str, Row]]:
    """Return the models of each channel, most credited first; no touch is last."""
    found: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in rows:
        found[row.channel][row.model] = row

    def order(key: str) -> tuple[bool, float, str]:
        return key == findings.NO_TOUCH, -found[key][findings.HEADLINE].credit, key

    return [found[key] for key in sorted(found, key=order)]


def _channel(own: dict[str, Row], scale: Scale, figures: tuple[str, ...]) -> Channel:
    told = findings.name(own[findings.HEADLINE].channel)
    return Channel(told, draw_marks(told, own, scale), figures)


def _head(rows: Sequence[Row], facts: Facts) -> tuple[str, ...]:
    costs = "Spend", "Per conversion", f"Value per {findings.sign(facts)}1 spent"
    return (
        *("Credit", "95% interval", "Share"),
        *(("Value",) if _is_known(rows, "value") else ()),
        *(costs if _is_known(rows, "spend") else ()),
    )


def _figures(row: Row, facts: Facts, rows: Sequence[Row]) -> tuple[str, ...]:
    costs = (
        words.money(row.spend, facts.currency) or words.NOTHING,
        findings.price(row.cost_per_conversion, facts),
        words.NOTHING if row.return_on_spend is None else f"{row.return_on_spend:,.1f}",
    )
    value = words.money(row.value, facts.currency) or words.NOTHING
    return (
        findings.amount(row.credit),
        findings.amount_interval(row) or words.NOTHING,
        words.percent(row.credit_share, row.conversions),
        *((value,) if _is_known(rows, "value") else ()),
        *(costs if _is_known(rows, "spend") else ()),
    )


def _is_known(rows: Sequence[Row], column: str) -> bool:
    """Whether a column says anything of these channels: else it is left out."""
    return any(getattr(row, column) is not None for row in rows)


def _table_row(own: dict[str, Row]) -> list[str]:
    credits = (findings.amount(own[model].credit) for model in findings.MODELS)
    return [findings.name(own[findings.HEADLINE].channel), *credits]


def _caption(row: Row, facts: Facts) -> str:
    journeys = words.plural(row.conversions, "conversion", "conversions")
    period = f", {facts.period}" if facts.period else ""
    return (
        f"{journeys} shared out among the channels that touched them, by seven models;"
        f" the chosen one with its 95% interval over customers{period}. Journeys in"
        " progress are left out."
    )
