"""Customers of whom it is known what drives them: nothing, one activity, or time."""

from dataclasses import dataclass, replace

import numpy as np
from tests.core.bench import Bench

from journeymine.drivers.known import Coded, Known
from journeymine.drivers.step import figures, trials_of
from journeymine.drivers.strata import Values

ACTIVITIES = 20
PLANTED = "a07"
CUSTOMERS = 250


@dataclass(frozen=True)
class Told:
    """What the drivers of all units are told to be; shape (activities,) each."""

    names: list[str]
    q: Values
    low: Values
    high: Values
    evidence: Values


def simulated(seed: int, *, effect: float = 0.0) -> Known:
    """Draw units: some customers have many, each with luck and habits of their own.

    The more happens to somebody, the less often they go on. One activity adds `effect`
    to the logarithm of the odds.
    """
    rng = np.random.default_rng(seed)
    customer = np.repeat(np.arange(CUSTOMERS), rng.geometric(0.25, CUSTOMERS))
    units = len(customer)
    events = 1 + rng.poisson(rng.gamma(2, 4, CUSTOMERS)[customer])
    habits = rng.beta(0.4, 0.4, (CUSTOMERS, ACTIVITIES))[customer]
    has_it = (
        rng.random((units, ACTIVITIES))
        < 1 - (1 - 0.5 * habits) ** (events / 4)[:, None]
    )
    luck = rng.normal(0, 1.5, CUSTOMERS)[customer]
    score = 0.6 + luck - 0.08 * events + effect * has_it[:, int(PLANTED[1:])]
    bits = (has_it << np.arange(ACTIVITIES)).sum(axis=1)
    everyone = np.arange(units)
    return Known(
        steps=[("shop", 1, slice(0, units))],
        customer=customer,
        is_converted=rng.random(units) < 1 / (1 + np.exp(-score)),
        events=events,
        words=[Coded(everyone, bits, [f"a{one:02}" for one in range(ACTIVITIES)])],
        texts=[
            ("persona", "persona", Coded(everyone, customer % 3, ["p1", "p2", "p3"]))
        ],
    )


def told(known: Known) -> Told:
    """Return what is told of the drivers."""
    trials = list(trials_of(known, least=30))
    found = figures(trials)
    is_whole = np.array([trial.persona == "all" for trial in trials])
    return Told(
        [trial.driver.name for trial in trials],
        found["q_value"],
        found["odds_ratio_low"][is_whole],
        found["odds_ratio_high"][is_whole],
        found["evidence"],
    )


def as_strangers(known: Known) -> Known:
    """Return the same units, as if each were another customer's."""
    return replace(known, customer=np.arange(len(known.customer)))


def waiting_customers(seed: int, customers: int) -> dict[str, list[object]]:
    """Draw a log: after a cart customers buy, and ask for help, at constant rates.

    Neither has to do with the other. Who has bought is seen no more.
    """
    rng = np.random.default_rng(seed)
    log: dict[str, list[object]] = {"customer": [], "activity": [], "occurred_at": []}
    bought = rng.exponential(8, customers)
    helped = rng.exponential(5, customers)
    for number in range(customers):
        days = {"cart": 0.0, "help": helped[number], "buy": bought[number]}
        for activity, day in days.items():
            if day <= min(bought[number], 14):
                at = np.datetime64("2024-03-01T10:00:00") + np.timedelta64(
                    int(day * 86_400), "s"
                )
                log["customer"].append(f"c{number:05}")
                log["activity"].append(activity)
                log["occurred_at"].append(str(at))
    return log


WAITING = """
[project]
name = "Test"
as_of = 2024-07-01T00:00:00Z
[funnels.shop]
steps = ["cart", "buy"]
[drivers]
landmark = "4 days"
"""


def help_and_buying(
    bench: Bench, seed: int, customers: int
) -> tuple[float, float, float]:
    """Return the odds of help whenever it came, and their interval at a landmark."""
    log = waiting_customers(seed, customers)
    bench.set_project(WAITING)
    bench.given(
        stg_events=log,
        int_personas={
            "customer_code": list(range(1, customers + 1)),
            "persona": ["none"] * customers,
        },
    )
    did = {
        activity: {
            who
            for who, what in zip(log["customer"], log["activity"], strict=True)
            if what == activity
        }
        for activity in ("cart", "help", "buy")
    }
    both, neither = (
        len(did["help"] & did["buy"]),
        len(did["cart"] - did["help"] - did["buy"]),
    )
    one, other = len(did["help"] - did["buy"]), len(did["buy"] - did["help"])
    ((low, high),) = bench.result_of(
        "fct_drivers",
        "odds_ratio_low",
        "odds_ratio_high",
        where="driver = 'help' and persona = 'all'",
    )
    return both * neither / (one * other), float(str(low)), float(str(high))
