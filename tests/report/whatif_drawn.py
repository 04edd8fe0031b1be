"""Random chains and funnels, and what a page should say of them, by other ways."""

import random
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from tests.report.published import Rows

from journeymine.pain_points.chain import (
    CONVERTED,
    LEFT,
    START,
    Chain,
    Values,
    with_leaving,
)
from journeymine.pain_points.changes import flow
from journeymine.pain_points.scenarios import Step
from journeymine.report import words

VALUE = 116.85
STEPS = 5
TIED = (600, 200, 100, 0)  # leave steps of p3: of 400 who stay 100 convert
WHOLE = {"segment": "all", "segment_value": "all"}


def drawn_moves(seed: int) -> list[tuple[str, str, int]]:
    """Return random moves among some activities: each can be left."""
    rng = random.Random(seed)
    states = [f"step_{number}" for number in range(12)]
    targets = [*states, CONVERTED, *LEFT]
    found = [(START, state, rng.randrange(1, 400)) for state in states[:4]]
    for state in states:
        for target in rng.sample(targets, 6):
            found.append((state, target, rng.randrange(1, 900)))
    return [*found, *((state, rng.choice(LEFT), 20) for state in states)]


def drawn_steps(persona: str) -> list[Step]:
    """Return the steps of a funnel that each a random share leaves."""
    rng, lost = random.Random(persona), list[tuple[int, int]]()
    at_risk = 1000 if persona == "p3" else 4000
    for number in range(STEPS - 1):
        most = at_risk // 2
        own = TIED[number] if persona == "p3" else rng.randrange(most // 4, most)
        lost.append((at_risk, own))
        at_risk -= own
    return [
        Step("order", "all", persona, number, *one, at_risk)
        for number, one in enumerate(lost, 1)
    ]


def drawn_tables(
    chains: Mapping[str, Chain], steps: Mapping[str, Sequence[Step]]
) -> Rows:
    """Return the tables of a run with such chains and steps, by persona."""
    numbers = range(1, STEPS + 1)
    entered = dict.fromkeys(["entered", "reached"], 9)
    entered |= dict.fromkeys(["dropped", "excluded", "in_progress"], 0)
    place = {"funnel": "order", "funnel_index": 1, "is_optional": False}
    return {
        "meta_run": [{"name": "currency", "value": "EUR"}],
        "meta_funnels": [
            {**place, "step_index": number, "step": f"step {number}"}
            for number in numbers
        ],
        "dim_personas": [
            {"persona": key, "persona_name": key, "customers": 9}
            for key in chains
            if key != "all"
        ],
        "fct_chain": [
            {"persona": key, **move} for key in chains for move in _counted(chains[key])
        ],
        "fct_scenarios": [_scenario(step) for key in steps for step in steps[key]],
        "fct_funnel": [
            {**WHOLE, **entered, "funnel": "order", "persona": "all",
             "step_index": number, "step": f"step {number}", "unit": "customer"}
            for number in numbers
        ],
    }  # fmt: skip


def told_of(
    now: int, uplift: float, low: float, high: float, value: float = VALUE
) -> list[str]:
    """Return the four lines that the page shows, as Python writes figures."""
    worth = " to ".join(_money(one * value) for one in (low, high))
    return [
        signed(uplift),
        f"95% interval {signed(low)} to {signed(high)}",
        f"{now + uplift:,.1f} conversions instead of {now:,}",
        f"Value {_money(uplift * value)} ({worth})",
    ]


def signed(value: float) -> str:
    """Return conversions gained with their sign, as the page shows them."""
    told = f"{value:+,.1f}"
    return (
        told[1:]
        if float(told.replace(",", "")) == 0
        else told.replace("-", words.MINUS)
    )


def _money(value: float) -> str:
    told = words.money(abs(value), "EUR")
    if told == "€0":
        return told
    return told.replace("€", f"{words.MINUS}€" if value < 0 else "+€")


def number_of(told: str) -> float:
    """Return the number that is written so."""
    return float(told.replace(",", "").replace(words.MINUS, "-"))


def _counted(chain: Chain) -> Iterator[dict[str, object]]:
    names = (*chain.states, *chain.ends)
    for source, row in zip(chain.states, chain.counts, strict=True):
        for target, times in zip(names, row, strict=True):
            if times:
                move = {"from_state": source, "to_state": target}
                yield {**move, "transitions": int(times)}


def _scenario(step: Step) -> dict[str, object]:
    return {
        "funnel": step.funnel,
        "period": "all",
        "persona": step.persona,
        "step_index": step.step_index,
        "step": f"step {step.step_index}",
        "scenario": "minus_25_percent",
        "at_risk": step.at_risk,
        "dropped": step.dropped,
        "converted": step.converted,
        "drop_rate": step.rate,
        "new_rate": step.rate * 0.75,
        "uplift": 1.0,
        "value_per_conversion": VALUE,
    }


def leaving(chain: Chain, state: str) -> float:
    """Return the share of those at a state who leave for good."""
    row = chain.chances[chain.place(state)]
    return float(sum(row[chain.place(end)] for end in LEFT if end in chain.ends))


def conversions_of(chain: Chain, rates: Mapping[str, float], counted: Chain) -> float:
    """Return conversions of the counted journeys if such shares left the chain."""
    chances = chain.chances.copy()
    for state, rate in rates.items():
        place = chain.place(state)
        chances[place] = with_leaving(chain, state, rate)[place]
    journeys = counted.counts[counted.place(START)].sum()
    return float(journeys * flow(chain, chances).worth[chain.place(START)])


def nudged_variance(chain: Chain, rates: Mapping[str, float]) -> float:
    """Return the variance of the uplift: each count nudged, each row a multinomial."""
    variance = 0.0
    for row in range(len(chain.states)):
        slopes = np.zeros(chain.counts.shape[1])
        for column in np.flatnonzero(chain.counts[row]):
            ends = []
            for nudge in (-1e-3, 1e-3):
                counts = chain.counts.copy()
                counts[row, column] += nudge
                nudged = Chain(chain.states, chain.ends, counts)
                then = conversions_of(nudged, rates, chain)
                ends.append(then - conversions_of(nudged, {}, chain))
            slopes[column] = (ends[1] - ends[0]) / 2e-3
        total, shares = chain.counts[row].sum(), chain.chances[row]
        mean = float(shares @ slopes)
        variance += total * float(shares @ slopes**2 - mean**2)
    return variance


def redrawn(
    steps: Sequence[Step], rates: Mapping[int, float], draws: int = 40_000
) -> tuple[Values, Values]:
    """Return conversions as they are and with set shares, of funnels drawn anew."""
    rng = np.random.default_rng(4)
    here = np.full(draws, steps[0].at_risk)
    then = here.astype(np.float64)
    for step in steps:
        on = rng.binomial(here, 1 - step.rate)
        share = rates.get(step.step_index)
        then = then * (on / here if share is None else 1 - share)
        here = on
    return here.astype(np.float64), then
