"""Whether objectives name metrics that the project has."""

from difflib import get_close_matches
from pathlib import Path

from journeymine.config import Config
from journeymine.errors import ConfigError
from journeymine.kpis.metrics import metric_named, metrics


def check_objectives(config: Config, path: Path) -> None:
    """Refuse an objective for a metric that the project does not have.

    Raises
    ------
    ConfigError
        With the setting of the file `path`, what is wrong with it, and what to do.
    """
    problem = wrong_objective(config)
    if problem:
        message = f"{path}: {problem}"
        raise ConfigError(message)


def wrong_objective(config: Config) -> str | None:
    """Return what is wrong with an objective, and what to do; None if nothing is."""
    known = metrics(config)
    for name, objective in config.objectives.items():
        setting = f"objectives.{name}"
        metric = metric_named(known, objective.metric)
        if metric is None:
            near = get_close_matches(objective.metric, known, n=1, cutoff=0.4)
            hint = f"did you mean {near[0]!r}?" if near else "see meta_metrics"
            return f"{setting}.metric: no metric {objective.metric!r} here; {hint}"
        if objective.period and objective.period not in metric.kinds:
            only = " or ".join(metric.kinds)
            return (
                f"{setting}.period: {objective.metric} is told by {only};"
                f' write period = "{metric.kinds[0]}", or leave it out'
            )
    return None
