"""Cells of the map as lines that a person reads."""

from journeymine.report import words
from journeymine.report.cells.model import Emotion, Kpi, Pain, Step


def step_line(one: Step) -> str:
    """Return who leaves after a step, with the interval."""
    inside = [words.interval(one.drop_rate_low, one.drop_rate_high, one.at_risk)]
    inside.append(f"{words.count(one.left)} of {words.count(one.at_risk)}")
    told = ", ".join(part for part in inside if part).replace(words.JOINER, "")
    return f"After {one.name}: {words.percent(one.drop_rate, one.at_risk)} ({told})"


def emotion_line(one: Emotion | None, lead: str) -> str:
    """Return what customers feel; that too few answered is said."""
    if one is None:
        return ""
    if not one.answers:
        return f"{lead}no answers"
    if one.value is None:
        return f"{lead}too few answers ({words.cases(one.answers)})"
    between = words.between(one.low, one.high)
    inside = ", ".join(part for part in (between, words.cases(one.answers)) if part)
    return f"{lead}{words.signed(one.value)} ({inside})"


def pain_line(one: Pain) -> str:
    """Return a pain point with whom it is about, and whether it is proven."""
    who = f" ({one.who})" if one.who else ""
    return f"{one.title}{who}" + ("" if one.is_significant else " · not proven")


def opportunity_line(one: Pain, currency: str) -> str:
    """Return what there is to win, and at what effort if somebody said."""
    won = words.money(one.value, currency)
    if not won:
        won = f"{words.count(one.uplift)} conversions"
    effort = "" if one.effort is None else f", effort {one.effort:g}"
    return f"O{one.opportunity}: up to {won}{effort}"


def kpi_line(one: Kpi, currency: str) -> str:
    """Return a measure with its target and how it stands."""
    told = f"{one.name}: {measured(one.value, one.unit, currency)}"
    if one.target is not None:
        told += f", target {measured(one.target, one.unit, currency)}"
    return f"{told}, {one.status}" if one.status else told


def measured(value: float, unit: str, currency: str) -> str:
    """Return a value of a measure in its unit."""
    if unit == "share":
        return words.percent(value)
    if unit == "emotion":
        return words.signed(value)
    if unit == "points":
        return words.signed(value, 1)
    if unit == currency:
        return words.money(value, currency)
    whole = value == round(value)
    return f"{words.count(value) if whole else f'{value:.1f}'} {unit}"
