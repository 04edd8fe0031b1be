"""The metrics that a project has: of its funnels, attempts, journeys and customers."""

from collections.abc import Iterator, Mapping

from journeymine.config import Config
from journeymine.kpis import queries
from journeymine.kpis.funnels import funnels
from journeymine.kpis.metric import Kind, Metric
from journeymine.kpis.voices import voices

RETENTION = "retention."
LAST_RETENTION = 3
"""Periods since birth that are followed; further ones if an objective names them."""


def metrics(config: Config) -> dict[str, Metric]:
    """Return the metrics of a project by name, in order."""
    found = (
        *_journeys(config),
        *funnels(config),
        *_attempts(config),
        *_customers(config),
        *voices(config),
    )
    return {metric.name: metric for metric in found}


def metric_named(known: Mapping[str, Metric], name: str) -> Metric | None:
    """Return a metric by its name, the step of a funnel also by its number."""
    numbered = {
        f"funnel.{one.subject}.{one.position}.drop_rate": one
        for one in known.values()
        if one.family == "funnel" and one.direction == "down"
    }
    return known.get(name) or numbered.get(name)


def _journeys(config: Config) -> Iterator[Metric]:
    zone = config.project.timezone
    yield Metric(
        name="journeys.count",
        words="Journeys that began in the period",
        unit="journeys",
        direction="up",
        query=queries.of_journeys("count(*)", "started_at", zone),
        family="journeys",
        subject="count",
        form="total",
    )
    if config.journey.goal:
        yield from _goals(config)


def _goals(config: Config) -> Iterator[Metric]:
    converted = f"count(*) filter (where {_IS_CONVERTED})"
    known = "count(*) filter (where outcome <> 'in_progress')"
    yield Metric(
        name="journeys.conversion",
        words="Share of the journeys that began in the period, and whose end is known,"
        " that reached the goal",
        unit="share",
        direction="up",
        query=queries.of_journeys(
            f"{converted} / nullif({known}, 0)", "started_at", config.project.timezone
        ),
        family="journeys",
        subject="conversion",
        waits_for="outcome",
    )
    yield from _ends(config)


def _ends(config: Config) -> Iterator[Metric]:
    for name, words, unit, value, scale in (
        ("journeys.duration", "Mean time to the goal", "days", _DAYS, 86_400_000_000),
        ("conversions", "Number", "journeys", "count(*)", 1),
        ("value", "Money", config.project.currency, "sum(goal_amount)", 10_000),
    ):
        is_mean = name == "journeys.duration"
        yield Metric(
            name=name,
            words=f"{words} of the journeys that reached the goal in the period",
            unit=unit,
            direction="down" if is_mean else "up",
            query=queries.of_journeys(
                value, "ended_at", config.project.timezone, _IS_CONVERTED
            ),
            family="journeys",
            subject=name.removeprefix("journeys."),
            form="mean" if is_mean else "total",
            scale=scale,
        )


_IS_CONVERTED = "outcome = 'converted'"
_DAYS = "sum(duration_seconds) / nullif(count(*), 0) / 86400"


def _attempts(config: Config) -> Iterator[Metric]:
    for kind in config.abandonment:
        yield Metric(
            name=f"abandonment.{kind}.rate",
            words=f"Share of the attempts {kind} that were opened in the period, and"
            " whose end is known, that did not reach their goal",
            unit="share",
            direction="down",
            query=queries.of_attempts(kind, config.project.timezone),
            family="attempts",
            subject=kind,
            waits_for="outcome",
        )


def _customers(config: Config) -> Iterator[Metric]:
    if config.churn:
        yield Metric(
            name="churn.rate",
            words="Share of the customers active at the start of the month that left"
            " in it",
            unit="share",
            direction="down",
            query=queries.of_churn(),
            family="churn",
            kinds=("month",),
        )
    if config.retention:
        for index in _retained(config):
            yield _retention(config.retention.period, index)
    if any(source.system == "support" for source in config.sources.values()):
        yield Metric(
            name="support.share",
            words="Share of the customers seen in the period that turned to support",
            unit="share",
            direction="down",
            query=queries.of_support(config.project.timezone),
            family="support",
            is_once=True,
        )


def _retention(period: Kind, index: int) -> Metric:
    return Metric(
        name=f"{RETENTION}{index}",
        words="Share of the customers who came first in the period that were active in"
        f" {period} {index} of their own",
        unit="share",
        direction="up",
        query=queries.of_retention(index),
        family="retention",
        position=index,
        kinds=(period,),
    )


def _retained(config: Config) -> list[int]:
    asked = [objective.metric for objective in config.objectives.values()]
    numbers = [name.removeprefix(RETENTION) for name in asked]
    further = {int(one) for one in numbers if one.isdecimal() and int(one) > 0}
    return sorted({*range(1, LAST_RETENTION + 1), *further})
