"""What attribution and what-if show, as sentences made of rows."""

from collections.abc import Sequence

from journeymine.report import words
from journeymine.report.facts import Facts
from journeymine.report.reader import Row

HEADLINE = "markov"
"""The only model that sees who did not convert."""

NO_TOUCH = "(none)"
MODELS = {
    HEADLINE: "Markov",
    "first": "First touch",
    "last": "Last touch",
    "linear": "Linear",
    "position": "Position-based",
    "time_decay": "Time decay",
    "shapley": "Shapley",
}
CUT = "minus_25_percent"
TOLD = 2  # channels of a path in a title


def disagreement(rows: Sequence[Row]) -> str:
    """Name the channel on which the models differ most, or say that they agree.

    Parameters
    ----------
    rows
        The credits of all models, of one persona or all.
    """
    spread = _spread(rows)
    if spread is None:
        return "The models agree on every channel, within chance"
    low, high = spread
    of = words.plural(low.conversions, "conversion", "conversions")
    return (
        f"The models differ most on {channel(low)}:"
        f" {words.count(low.credit)} to {words.count(high.credit)} of {of}"
    )


def lead(rows: Sequence[Row]) -> str:
    """Say which models differ, by how much, and which conversions had no touch."""
    parts = []
    spread = _spread(rows)
    if spread is not None:
        told = {
            row.model: f"{MODELS[row.model]} {amount(row.credit)}" for row in spread
        }
        (sure,) = (
            row
            for row in rows
            if (row.model, row.channel) == (HEADLINE, spread[0].channel)
        )
        told[HEADLINE] = (
            f"{MODELS[HEADLINE]} {amount(sure.credit)} ({amount_interval(sure)})"
        )
        parts.append(f"{channel(sure)} is credited with: {', '.join(told.values())}")
    parts.append(untouched(rows))
    parts.append("Credit shares out what happened: it does not prove a cause")
    return ". ".join(parts) + "."


def untouched(rows: Sequence[Row]) -> str:
    """Say how many conversions had no touch."""
    found = [row for row in rows if row.channel == NO_TOUCH and row.model == HEADLINE]
    whole = rows[0].conversions
    if not found or not found[0].credit:
        return f"Each of the {words.count(whole)} conversions had a touch"
    none = words.count(found[0].credit)
    return (
        f"{none} of {words.count(whole)} conversions had no touch: no channel is"
        " credited with them"
    )


def most_credited(rows: Sequence[Row]) -> str:
    """Name the channel with the most credit by the headline model."""
    own = [row for row in rows if row.model == HEADLINE and row.channel != NO_TOUCH]
    best = max(own, key=lambda row: (row.credit, row.channel), default=None)
    if best is None or not best.credit:
        return "No channel is credited with a conversion"
    of = words.plural(best.conversions, "conversion", "conversions")
    return f"{channel(best)} gets most credit: {words.count(best.credit)} of {of}"


def frequent_path(row: Row) -> str:
    """Say by which path conversions come most often."""
    steps = [f"“{name(step)}”" for step in row.path.split(" > ")]
    more = f" and {len(steps) - TOLD} more" if len(steps) > TOLD else ""
    path = " then ".join(steps[:TOLD]) + (" alone" if len(steps) == 1 else more)
    share = f"{words.count(row.conversions)} of {words.count(row.all_conversions)}"
    return f"{path} is the most frequent path to conversion: {share}"


def best_cut(rows: Sequence[Row]) -> tuple[str, str]:
    """Say where a quarter fewer leaving would bring most, and how sure that is."""
    cuts = [row for row in rows if row.scenario == CUT and row.uplift is not None]
    best = max(cuts, key=lambda row: (row.uplift, -row.step_index), default=None)
    if best is None:
        return "What if fewer left?", ""
    step = words.shorten(words.label(best.step), 40)
    gain = words.signed(best.uplift, 1)
    sure = words.between(best.uplift_low, best.uplift_high, 1)
    leave = words.percent(best.drop_rate, best.at_risk)
    return (
        f"A quarter fewer leaving after “{step}”: {gain} conversions",
        f"95% interval {sure}; now {leave} leave there ({words.cases(best.at_risk)}).",
    )


def scenario(row: Row) -> str:
    """Return a standard scenario in words."""
    told = {
        "minus_10_percent": "10% fewer leave",
        CUT: "25% fewer leave",
        "best_persona": "As the best persona",
    }
    return told.get(row.scenario, "As in the month before")


def channel(row: Row) -> str:
    """Return the name of a channel in quotes."""
    return f"“{name(row.channel)}”"


def name(key: str) -> str:
    """Return the name of a channel."""
    return {NO_TOUCH: "No touch", "(other)": "Other channels"}.get(
        key, words.label(key)
    )


def amount(value: float | None) -> str:
    """Return conversions, which models share out in parts: `449.4`."""
    return words.NOTHING if value is None else f"{value:,.1f}"


def amount_interval(row: Row) -> str:
    """Return the interval of a credit; empty if there is none."""
    if row.credit_low is None or row.credit_high is None:
        return ""
    return (
        f"{amount(row.credit_low)}{words.DASH}{words.JOINER}{amount(row.credit_high)}"
    )


def price(value: float | None, facts: Facts) -> str:
    """Return a small amount of money with cents: `€35.71`."""
    if value is None:
        return words.NOTHING
    if value >= 1000:
        return words.money(value, facts.currency)
    return f"{sign(facts)}{value:,.2f}"


def sign(facts: Facts) -> str:
    """Return what stands before an amount in the project's currency."""
    return words.money(0.0, facts.currency).removesuffix("0")


def _spread(rows: Sequence[Row]) -> tuple[Row, Row] | None:
    """Return the least and the most credit of the channel that models differ on most.

    Only of channels where a model lies beyond the interval of the headline one.
    """
    found = []
    for key in sorted({row.channel for row in rows}):
        own = [row for row in rows if row.channel == key]
        low = min(own, key=lambda row: row.credit)
        high = max(own, key=lambda row: row.credit)
        (sure,) = (row for row in own if row.model == HEADLINE)
        if sure.credit_low is not None and (
            low.credit < sure.credit_low or high.credit > sure.credit_high
        ):
            found.append((low, high))
    return max(found, key=lambda ends: ends[1].credit - ends[0].credit, default=None)
