"""The metrics of funnels."""

from collections.abc import Iterator
from itertools import pairwise

from journeymine.config import Config
from journeymine.config_funnels import Funnel
from journeymine.kpis import queries
from journeymine.kpis.entries import is_entered_often
from journeymine.kpis.metric import Metric


def funnels(config: Config) -> Iterator[Metric]:
    """Yield what is followed of funnels: conversion, and the drop at each step."""
    zone = config.project.timezone
    for name, funnel in config.funnels.items():
        last = len(funnel.steps)
        yield Metric(
            name=f"funnel.{name}.conversion",
            words=f"{_entered(name, funnel)}, and have had their time, that converted",
            unit="share",
            direction="up",
            query=_of_funnel(name, funnel, (1, last), zone),
            family="funnel",
            subject=name,
            position=1,
            depth=last,
        )
        yield from _drops(name, funnel, zone)


def _drops(name: str, funnel: Funnel, zone: str) -> Iterator[Metric]:
    titles = funnel.titles
    required = [
        place for place, step in enumerate(funnel.steps, start=1) if not step.optional
    ]
    for step, following in pairwise(required):
        title = titles[step - 1]
        label = title if titles.count(title) == 1 else str(step)
        yield Metric(
            name=f"funnel.{name}.{label}.drop_rate",
            words=f"{_entered(name, funnel)}, have had their time and reached {title},"
            f" that did not reach {titles[following - 1]}",
            unit="share",
            direction="down",
            query=_of_funnel(name, funnel, (step, step), zone),
            family="funnel",
            subject=name,
            position=step,
            depth=step,
        )


def _entered(name: str, funnel: Funnel) -> str:
    unit = "attempts" if funnel.entry == "attempts" else f"{funnel.unit}s"
    return f"Share of the {unit} that entered {name} in the period"


def _of_funnel(name: str, funnel: Funnel, steps: tuple[int, int], zone: str) -> str:
    if is_entered_often(funnel):
        return queries.of_entries(name, *steps)
    return queries.of_funnel(name, *steps, zone)
