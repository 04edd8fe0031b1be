"""Read the project file, and say in one line what is wrong with it."""

import tomllib
from pathlib import Path

from pydantic import ValidationError

from journeymine.config import Config
from journeymine.config_mistakes import line_of
from journeymine.connectors import prepared
from journeymine.errors import ConfigError
from journeymine.kpis.objectives import check_objectives
from journeymine.notes.model import notes_file, read_notes

RULES = (
    *("accepted", "in_journeys"),
    *("after_as_of", "identity_only", "no_identifier", "lifecycle"),
)
"""What `meta_balances` calls the fate of events: no filter may be called so."""


def load_config(path: Path, output: Path | None = None) -> Config:
    """Read a project file.

    Parameters
    ----------
    path
        The TOML file. Relative paths in it are relative to its folder.
    output
        Output folder to use instead of the file's, relative to the caller.

    Raises
    ------
    ConfigError
        If the file is missing, is not TOML, or has a wrong or unknown setting; or the
        notes beside it have.
    """
    try:
        settings = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        message = f"{path}: no such project file; make one with `journeymine init`"
        raise ConfigError(message) from error
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path}: cannot be read: {error}; is it a text file?"
        raise ConfigError(message) from error
    except tomllib.TOMLDecodeError as error:
        message = f"{path}: not valid TOML: {error}"
        raise ConfigError(message) from error
    if "folder" in settings:
        message = f"{path}: folder: unknown setting; remove it"
        raise ConfigError(message)
    config = validated(settings, path, output)
    read_notes(notes_file(config.folder))  # a wrong note ends a run before it begins
    return config


def validated(
    settings: dict[str, object], path: Path, output: Path | None = None
) -> Config:
    """Return the settings of `path` as a `Config`, or raise `ConfigError`."""
    try:
        config = Config.model_validate(settings)
    except ValidationError as error:
        message = f"{path}: {line_of(error, Config)}"
        raise ConfigError(message) from error
    problem = _contradiction(config)
    if problem:
        message = f"{path}: {problem}"
        raise ConfigError(message)
    try:
        sources = prepared(config.sources)
    except ConfigError as error:
        message = f"{path}: {error}"
        raise ConfigError(message) from error
    project = config.project
    if output is not None:
        project = project.model_copy(update={"output": output.resolve()})
    told = {"folder": path.resolve().parent, "project": project, "sources": sources}
    whole = config.model_copy(update=told)
    check_objectives(whole, path)
    return whole


def _contradiction(config: Config) -> str | None:
    """Return what two settings say against each other, or None."""
    stage_of: dict[str, str] = {}
    for stage, activities in config.stages.items():
        for activity in activities:
            if activity in stage_of:
                return (
                    f"stages.{stage}: {activity!r} stands in stages."
                    f"{stage_of[activity]} too; keep one of them"
                )
            stage_of[activity] = stage
    for name, source in config.sources.items():
        missing = set(source.segments) - set(source.attributes)
        keeps_all = source.is_event_log and not source.attributes
        if missing and not (source.connector or keeps_all):
            return (
                f"sources.{name}: segments: {sorted(missing)[0]!r} is no attribute;"
                " add it to attributes"
            )
    return _taken_name(config) or _missing_order(config) or _missing_term_end(config)


def _taken_name(config: Config) -> str | None:
    """Return which name already means something else, or None."""
    segments = [config.project.segments]
    segments += [source.segments for source in config.sources.values()]
    if any("all" in names for names in segments):
        return "segments: 'all' is the name of the whole; choose another attribute"
    for name in config.filters:
        if name in RULES:
            return f"filters.{name}: the name has a meaning of its own; choose another"
    feedback_of: dict[str, str] = {}
    for name, feedback in config.feedback.items():
        for activity in filter(None, (feedback.activity, feedback.sent)):
            if activity in feedback_of:
                return (
                    f"feedback.{name}: {activity!r} stands in feedback."
                    f"{feedback_of[activity]} too; keep one of them"
                )
            feedback_of[activity] = name
    return None


def _missing_order(config: Config) -> str | None:
    """Return which funnel wants an order of events that no source can state."""
    if any(
        source.columns.order or source.format == "xes" or source.connector
        for source in config.sources.values()
    ):
        return None
    for name, funnel in config.funnels.items():
        if funnel.ties == "source_order":
            return (
                f"funnels.{name}.ties: no source states an order;"
                " name its column as columns.order, or choose other ties"
            )
    return None


def _missing_term_end(config: Config) -> str | None:
    """Return which attribute ends contracts, and yet is in no source; or None."""
    name = config.churn.term_end if config.churn else None
    for source in config.sources.values():
        if source.connector or source.is_event_log or name in source.attributes:
            return None
    return name and (
        f"churn.term_end: {name!r} is no attribute of a source; add it to attributes"
    )
