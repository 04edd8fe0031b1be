"""What a funnel shows, as sentences."""

from journeymine.report import rates, words
from journeymine.report.facts import Facts
from journeymine.report.reader import Row

LossesByStep = dict[tuple[str, str, int], Row]


def title(steps: list[Row], losses: LossesByStep) -> str:
    """Say where most are lost: the step with the most dropped."""
    if not steps[0].entered:
        return "Nobody entered this funnel"
    if any(row.dropped is None for row in steps):
        return (
            "How many leave after each step is told in part: small cells are withheld"
        )
    worst = max(steps, key=lambda row: (row.dropped, -row.step_index))
    if not worst.dropped:
        return "Nobody left this funnel"
    loss = losses.get((worst.funnel, worst.persona, worst.step_index))
    most = f"Most leave after “{words.label(worst.step)}”"
    if loss is None:
        return most
    share = words.percent(loss.drop_rate, loss.at_risk)
    left, of = words.count(loss.dropped_at_risk), words.count(loss.at_risk)
    return f"{most}: {left} of {of}, or {share}"


def comparison_title(rows: list[tuple[str, Row]]) -> str:
    """Name the personas that convert most and least, if that is clear."""
    known = [(row.conversion_rate, label) for label, row in rows if row.conversion_rate]
    if len(known) < 2:
        return "Conversion by persona"
    best, worst = max(known), min(known)
    low = {label: row.conversion_rate_low for label, row in rows}[best[1]]
    high = {label: row.conversion_rate_high for label, row in rows}[worst[1]]
    if low is None or high is None or low <= high:
        return "Personas do not differ clearly in conversion"
    return f"“{best[1]}” convert more than “{worst[1]}”"


def steps_title(losses: LossesByStep, funnel: str, facts: Facts) -> str:
    """Name the step where one persona loses most."""
    known = [
        (row.drop_rate, facts.label_of(row.persona), row.step)
        for row in losses.values()
        if row.funnel == funnel
        and row.persona != "all"
        and (row.at_risk or 0) >= words.FEW
        and row.drop_rate
    ]
    # Where cells are withheld, a greater one may be among them.
    if not known or facts.min_cell:
        return "Drop-off by step and persona"
    rate, persona, step = max(known)
    return f"“{persona}” lose {words.percent(rate)} after “{words.label(step)}”"


def lead(steps: list[Row]) -> str:
    """Say who entered, what they should reach, and how many do."""
    first, last = steps[0], steps[-1]
    rate = rates.headline(last)
    who = f"{words.count(first.entered)} {rates.units(first, first.entered)} entered"
    within = rates.window(first.window_seconds)
    if rate.value == "Not known":
        return f"{who}. The conversion rate is not known: {rate.name.lower()}."
    evidence = f"{rate.interval}, n{words.SPACE}={words.SPACE}{rate.cases}"
    return (
        f"{who} and have {within} to reach “{words.label(last.step)}”. "
        f"{rate.value} do ({evidence}; {rate.name})."
    )
