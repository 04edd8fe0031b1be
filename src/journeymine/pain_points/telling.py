"""A pain point in one sentence."""

from journeymine.pain_points.search import Found
from journeymine.pain_points.slices import ALL, Slice

LOST = {
    "step": "went no further",
    "touchpoint": "left there",
    "transition": "went on with {other}",
    "switch": "changed channel to {other}",
    "loop": "did it again",
    "wait": "waited longer than nine in ten for {other}",
}
BASES = {
    "period_before": "as in the month before it would be",
    "rest": "as of all others of the same personas it would be",
    "best_persona": "as of the persona that does best it would be",
}


def sentence(found: Found, units: str) -> str:
    """Return what is found, in plain words.

    Parameters
    ----------
    units
        What is at risk: customers, journeys or sessions.
    """
    where = _where(found.slice)
    if found.place.kind == "feeling":
        return (
            f"{where}, the mean emotion of {found.at_risk:,.0f} answers about"
            f" {found.place.where}: {found.observed:+.2f}; in the month before"
            f" {found.expected:+.2f}."
        )
    activity, other = _names(found)
    lost = LOST[found.place.kind].format(other=other)
    expected = max(found.expected, 0)
    return (
        f"{where}, {found.observed:,.0f} of {found.at_risk:,.0f} {units} at {activity}"
        f" {lost}; {BASES[found.basis]} {expected:,.0f}."
    )


def _names(found: Found) -> tuple[str, str]:
    if found.place.code[1] and found.place.kind != "step":
        activity, _, other = found.place.where.partition(" > ")
        return activity, other
    return found.place.where, ""


def _where(one: Slice) -> str:
    """Return the slice in words: when, and whose."""
    when = "In all months" if one.period == ALL else f"In {one.period[:7]}"
    whose = []
    if one.persona != ALL:
        whose.append(f"persona {one.persona}")
    if one.segment != ALL:
        whose.append(f"{one.segment} {one.segment_value}")
    return f"{when}, {', '.join(whose)}" if whose else when
