"""The step of the build graph that tells which drivers go with going on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from journeymine.comparison import q_values
from journeymine.drivers.counting import Integers, Waiting
from journeymine.drivers.known import UNKNOWN, Driver, Known, read_known
from journeymine.drivers.strata import Values, odds
from journeymine.personas.contrasts import with_figures
from journeymine.plan import Context
from journeymine.warehouse import write_arrow

ALL = "all"
_SCHEMA = pa.schema(
    {
        "funnel": pa.string(),
        "step_index": pa.int64(),
        "persona": pa.string(),
        "driver_kind": pa.string(),
        "driver": pa.string(),
        "driver_value": pa.string(),
        "units_with": pa.int64(),
        "converted_with": pa.int64(),
        "units_without": pa.int64(),
        "converted_without": pa.int64(),
    }
)


@dataclass(frozen=True)
class Trial:
    """A driver in a slice of the units of a step: counts, and the design effects.

    Attributes
    ----------
    cells
        Shape (strata, 2, 2): without or with it, stayed or converted.
    effects
        Of the odds ratio, and of the test.
    """

    funnel: str
    step_index: int
    driver: Driver
    persona: str
    cells: Values
    effects: Values

    def row(self) -> dict[str, object]:
        """Return the columns of `_SCHEMA`."""
        (stayed, converted), (stayed_with, converted_with) = self.cells.sum(axis=0)
        return {
            "funnel": self.funnel,
            "step_index": self.step_index,
            "persona": self.persona,
            "driver_kind": self.driver.kind,
            "driver": self.driver.name,
            "driver_value": self.driver.value,
            "units_with": int(stayed_with + converted_with),
            "converted_with": int(converted_with),
            "units_without": int(stayed + converted),
            "converted_without": int(converted),
        }


def make_drivers(context: Context) -> None:
    """Write `py_drivers`: per funnel, step, persona and driver, units and odds.

    `evidence` is the statistic of the test, for the rank. The q-value holds the share
    of false findings over all rows.
    """
    asked = context.config.drivers
    trials = list(trials_of(read_known(context.con), asked.min_units)) if asked else []
    told = pa.Table.from_pylist([trial.row() for trial in trials], _SCHEMA)
    write_arrow(context.con, "py_drivers", with_figures(told, figures(trials)))


def trials_of(known: Known, least: int) -> Iterator[Trial]:
    """Yield every driver with `least` units on either side, of all and per persona."""
    personas = known.texts[0][2]
    for funnel, step_index, span in known.steps:
        group = personas.within(span).code
        units = (known.customer[span], known.events[span], known.is_converted[span])
        waiting = Waiting(group, len(personas.values), *units)
        # A persona is no driver among its own: it is tried in bands of exposure only.
        mixed = Waiting(np.zeros_like(group), 1, *units)
        for driver, has_it in known.drivers(span):
            if least <= np.count_nonzero(has_it) <= len(has_it) - least:
                is_persona = driver.kind == "persona"
                tried = mixed if is_persona else waiting
                names = () if is_persona else personas.values
                place = tried.places(has_it)
                for slice_of_it in _sliced(tried, place, names, least):
                    yield Trial(funnel, step_index, driver, *slice_of_it)


def figures(trials: Sequence[Trial]) -> dict[str, Values]:
    """Return the further columns of `py_drivers`; NaN where nothing can be told."""
    # Strata that a slice does not have are empty, and count for nothing.
    most = max((len(trial.cells) for trial in trials), default=1)
    cells = np.zeros((len(trials), most, 2, 2))
    for place, trial in enumerate(trials):
        cells[place, : len(trial.cells)] = trial.cells
    effects = np.array([trial.effects for trial in trials]).reshape(-1, 2)
    found = odds(cells, effects[:, 0], effects[:, 1])
    return {
        "odds_ratio": found.ratio,
        "odds_ratio_low": found.low,
        "odds_ratio_high": found.high,
        "evidence": np.abs(found.z),
        "q_value": q_values(found.p),
    }


def _sliced(
    units: Waiting, place: Integers, personas: Sequence[str], least: int
) -> Iterator[tuple[str, Values, Values]]:
    """Yield the whole, and each persona with enough units on either side."""
    cells = units.cells(place)
    effects = units.design_effects(place, cells)
    yield ALL, cells.reshape(-1, 2, 2), effects[:, 0]
    for group, persona in enumerate(personas):
        if persona != UNKNOWN and cells[group].sum(axis=(0, 2)).min() >= least:
            yield persona, cells[group], effects[:, 1 + group]
