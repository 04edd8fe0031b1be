"""The node of the build graph that finds pain points."""

import math
from collections.abc import Iterator

import duckdb
import numpy as np

from journeymine.pain_points.chain import chain_of
from journeymine.pain_points.combinations import read_combinations
from journeymine.pain_points.evidence import evidence
from journeymine.pain_points.feelings import feelings
from journeymine.pain_points.gains import Gains
from journeymine.pain_points.path_places import path_places
from journeymine.pain_points.search import Found, Limits, search, tell
from journeymine.pain_points.standing import standing
from journeymine.pain_points.step_places import read_effects, step_places
from journeymine.pain_points.strata import Z_95
from journeymine.pain_points.telling import sentence
from journeymine.pain_points.trials import read_trials
from journeymine.plan import Context
from journeymine.warehouse import Row, write_table

COLUMNS = """
    number integer, kind varchar, funnel varchar, place varchar, code bigint,
    other_code bigint, persona varchar, segment varchar, segment_value varchar,
    period varchar, at_risk bigint, observed double, expected double,
    expected_basis varchar, excess double, excess_low double, excess_high double,
    uplift double, uplift_low double, uplift_high double, p_value double,
    q_value double, also_at varchar[], finding varchar, evidence varchar
"""
CHAIN = """
select from_state, to_state, transitions from fct_chain where persona = 'all'
"""


def make_pain_points(context: Context) -> None:
    """Write `py_pain_points`: what loses more than expected, the surest first.

    Then what a persona loses more than the best one, which nothing tests. Empty if the
    project does not ask for them, or has no goal.
    """
    con, asked = context.con, context.config.pain_points
    rows: list[Row] = []
    if asked and context.config.journey.goal:
        limits = Limits(asked.min_customers, asked.fdr)
        units = {name: one.unit for name, one in context.config.funnels.items()}
        zone = context.config.project.timezone
        rows = [
            _row(number, found, f"{units.get(found.place.funnel, 'journey')}s", zone)
            for number, found in enumerate(_all(con, limits, zone), start=1)
        ]
    write_table(con, "py_pain_points", COLUMNS, rows)


def _all(con: duckdb.DuckDBPyConnection, limits: Limits, zone: str) -> Iterator[Found]:
    combinations = read_combinations(con)
    gains = Gains(chain_of(con.execute(CHAIN).fetchall()))
    steps = [*step_places(con, combinations, read_effects(con))]
    paths = path_places(con, combinations, read_trials(con, zone), gains)
    felt = feelings(con, limits.least)
    p_values = np.array([found.p for found in felt])
    told, family = search([*steps, *paths], p_values, limits)
    for found in sorted(felt, key=lambda one: (one.p, one.slice)):
        if found.p <= family.highest:
            tell(told, found)
    yield from family.sure(told)
    yield from standing(steps, limits.least)


def _row(number: int, found: Found, units: str, zone: str) -> Row:
    place, worth = found.place, found.worth
    half = Z_95 * math.sqrt(found.variance)
    figures: tuple[float | str, ...] = (
        found.observed,
        found.expected,
        found.basis,
        *(found.extra, found.extra - half, found.extra + half),
        *(float(one) for one in (worth.value, worth.low, worth.high)),
        *(found.p, found.q),
    )
    return (
        number,
        *(place.kind, place.funnel, place.where, *place.code),
        *(found.slice.persona, found.slice.segment, found.slice.segment_value),
        found.slice.period,
        round(found.at_risk),
        *(_told(one) for one in figures),
        found.also,
        sentence(found, units),
        evidence(found, zone),
    )


def _told(value: float | str) -> float | str | None:
    """Return a figure, rounded; null if it is unknown. A small p-value stays one."""
    if isinstance(value, str):
        return value
    return None if math.isnan(value) else float(f"{value:.9g}")
