"""What if fewer, or more, left at a place: answered from the published tables."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from journeymine.config import Config
from journeymine.errors import ConfigError
from journeymine.pain_points.chain import LEFT, START, Chain, chain_of
from journeymine.pain_points.changes import Change, changed
from journeymine.pain_points.scenarios import Step, gain, kept
from journeymine.query import answer
from journeymine.warehouse import Row

STEPS = """
select
    funnel, period, persona, step_index, at_risk, dropped_at_risk,
    arg_max(at_risk - dropped_at_risk, step_index) over (
        partition by funnel, persona
    ),
    step
from fct_drop_offs
where period = 'all' and segment = 'all'
order by funnel, step_index
"""
CHAIN = "select persona, from_state, to_state, transitions from fct_chain order by all"
VALUE = "select any_value(value_per_conversion) from fct_scenarios"
SECONDS = 60


@dataclass(frozen=True)
class Asked:
    """A place, the share of those there who would leave it, and whose."""

    place: str
    rate: float
    persona: str = "all"


@dataclass(frozen=True)
class Outcome:
    """What a change would bring.

    Attributes
    ----------
    units
        Who is at the place: units of a funnel, or visits of journeys.
    leave_now, leave_then
        The share of them that leaves.
    conversions
        As they were.
    uplift
        Conversions gained, with the 95 % interval.
    value
        The same in money; null where no amount is known.
    """

    place: str
    persona: str
    units: int
    leave_now: float
    leave_then: float
    conversions: int
    uplift: float
    uplift_low: float
    uplift_high: float
    value: float | None = None
    value_low: float | None = None
    value_high: float | None = None
    currency: str | None = None

    def facts(self) -> dict[str, object]:
        """Return all by name, for machines."""
        return asdict(self)


def what_if(config: Config, asked: Asked) -> Outcome:
    """Answer from the newest snapshot.

    Raises
    ------
    ConfigError
        If there is no such place or persona, or nothing can be said of it.
    OutputError
        If nothing is published.
    """
    funnel, _, step = asked.place.partition(".")
    steps = _rows(config, STEPS)
    if any(row[0] == funnel for row in steps):
        found = _of_step(asked, [row for row in steps if row[0] == funnel], step)
    else:
        found = _of_path(asked, _rows(config, CHAIN), steps)
    ((value,),) = _rows(config, VALUE)
    if not isinstance(value, float):
        return found
    return replace(
        found,
        value=found.uplift * value,
        value_low=found.uplift_low * value,
        value_high=found.uplift_high * value,
        currency=config.project.currency,
    )


def _of_step(asked: Asked, steps: Sequence[Row], named: str) -> Outcome:
    rows = _of_persona(asked, steps, 2)
    titles = {str(row[7]): row for row in rows}
    by_index = {str(row[3]): row for row in rows}
    row = titles.get(named) or by_index.get(named)
    if row is None:
        message = (
            f"--step: {asked.place!r} is no step that can be left; it has"
            f" {', '.join(titles)}"
        )
        raise ConfigError(message)
    step = Step(*row[:7])  # type: ignore[arg-type]  # as the table has it
    if step.at_risk == 0 or step.at_risk == step.dropped:
        message = (
            f"--step: nobody went on from {asked.place!r} yet, so nobody knows where"
            " to; ask about another step"
        )
        raise ConfigError(message)
    figures = gain(step, *kept(step, asked.rate))
    return Outcome(
        asked.place,
        asked.persona,
        step.at_risk,
        step.rate,
        asked.rate,
        step.converted,
        *figures,
    )


def _of_path(asked: Asked, moves: Sequence[Row], steps: Sequence[Row]) -> Outcome:
    rows = _of_persona(asked, moves, 0)
    chain = chain_of((row[1], row[2], row[3]) for row in rows)  # type: ignore[misc]  # as the table has it
    if asked.place not in chain.states or asked.place == START:
        funnels = ", ".join(sorted({str(row[0]) for row in steps})) or "none"
        message = (
            f"--step: {asked.place!r} is neither a step of a funnel nor an activity;"
            f" write FUNNEL.STEP (funnels: {funnels}) or the name of an activity"
        )
        raise ConfigError(message)
    return _outcome(asked, chain, changed(chain, asked.place, asked.rate))


def _outcome(asked: Asked, chain: Chain, change: Change | None) -> Outcome:
    if change is None:
        message = (
            f"--step: nobody left for good, or nobody went on, at {asked.place!r}, so"
            " nobody knows where to; ask about another activity"
        )
        raise ConfigError(message)
    row = chain.counts[chain.place(asked.place)]
    left = sum(row[chain.place(end)] for end in LEFT if end in chain.ends)
    return Outcome(
        asked.place,
        asked.persona,
        round(row.sum()),
        float(left / row.sum()),
        asked.rate,
        round(change.conversions),
        change.uplift,
        change.low,
        change.high,
    )


def _of_persona(asked: Asked, rows: Sequence[Row], column: int) -> list[Row]:
    personas = sorted({str(row[column]) for row in rows})
    if rows and asked.persona not in personas:
        message = (
            f"--persona: there is no {asked.persona!r}; there are {', '.join(personas)}"
        )
        raise ConfigError(message)
    return [row for row in rows if row[column] == asked.persona]


def _rows(config: Config, query: str) -> list[Row]:
    with answer(config, query, SECONDS) as found:
        return list(found.rows)
