"""What the page computes with: the chain and the funnels, as JSON in the page."""

import json
from collections import defaultdict
from collections.abc import Sequence

from markupsafe import Markup

from journeymine.pain_points.chain import CONVERTED, LEFT, START
from journeymine.pain_points.scenarios import CUTS
from journeymine.report import words
from journeymine.report.ground import Ground
from journeymine.report.reader import Row
from journeymine.report.whatif import findings, queries
from journeymine.report.whatif.scenarios import funnel_name, month_name

FIXED = (START, CONVERTED, LEFT[0])
"""The first places of a chain; the last one stands for all ways to leave."""

Material = dict[str, object]


def read_material(ground: Ground) -> Material:
    """Return the chain and the funnels of each persona, and the value of a conversion.

    Steps with fewer at risk than scenarios tell of are left out.
    """
    tables, personas = ground.tables, [one.key for one in ground.facts.personas]
    scenarios = tables.rows(queries.SCENARIOS)
    chains = _by(tables.rows(queries.CHAIN), "persona")
    options = _by(scenarios, "persona")
    states = _states([row for key in personas for row in chains[key]])
    values = [row.value_per_conversion for row in scenarios]
    return {
        "sign": findings.sign(ground.facts),
        "value": values[0] if values else None,
        "states": [words.label(state) for state in states],
        "personas": {
            key: {
                "funnels": _funnels(ground, options[key]),
                "moves": _moves(chains[key], states),
            }
            for key in personas
            if chains[key]
        },
    }


def as_json(material: Material) -> Markup:
    """Return JSON that cannot end the element it stands in, nor begin another."""
    plain = json.dumps(material, separators=(",", ":"))
    for letter in "<>&":
        plain = plain.replace(letter, f"\\u{ord(letter):04x}")
    return Markup(plain)


def _by(rows: Sequence[Row], column: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[getattr(row, column)].append(row)
    return found


def _states(moves: Sequence[Row]) -> list[str]:
    named = {row.from_state for row in moves} | {row.to_state for row in moves}
    return [*FIXED, *sorted(named - {*FIXED, *LEFT})]


def _moves(rows: Sequence[Row], states: Sequence[str]) -> list[int]:
    """Return from, to, how often, and so on, one after the other."""
    places = {state: place for place, state in enumerate(states)}
    places |= dict.fromkeys(LEFT, FIXED.index(LEFT[0]))
    return [
        part
        for row in rows
        for part in (places[row.from_state], places[row.to_state], row.transitions)
    ]


def _funnels(ground: Ground, scenarios: Sequence[Row]) -> list[Material]:
    """Return the steps of each funnel that scenarios tell of, whole and of a month."""
    found: list[Material] = []
    for funnel in ground.funnels:
        own = [row for row in scenarios if row.funnel == funnel.key]
        for period, rows in _by(own, "period").items():
            steps = _by(rows, "step_index").values()
            found.append(
                {
                    "name": funnel_name(funnel.key, period),
                    "unit": funnel.unit,
                    "converted": rows[0].converted,
                    "steps": [_step(of_it) for of_it in steps],
                }
            )
    return found


def _step(scenarios: Sequence[Row]) -> list[object]:
    """Return its name, who is at risk, who leaves, and rates that others reach."""
    row = scenarios[0]
    rates = [
        [_told(one), _rate(one), one.scenario not in CUTS, _half(one)]
        for one in scenarios
    ]
    return [words.label(row.step), row.at_risk, row.dropped, rates]


def _rate(row: Row) -> float:
    """Return the new rate; not as it is published, rounded, where it is a cut."""
    if row.scenario in CUTS:
        return float(row.drop_rate * (1 - CUTS[row.scenario]))
    return float(row.new_rate)


def _half(row: Row) -> float | None:
    """Return half the interval of what a scenario brings; None where it is unknown."""
    known = row.uplift_low is not None and row.uplift_high is not None
    return (row.uplift_high - row.uplift_low) / 2 if known else None


def _told(row: Row) -> str:
    if row.scenario == "period_before":
        return f"As in {month_name(row.period, back=1)}"
    return findings.scenario(row)
