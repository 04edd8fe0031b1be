"""Reconstruct the journeys customers take, and show where they drop off."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from journeymine.config import Config
    from journeymine.errors import JourneymineError
    from journeymine.project_file import load_config
    from journeymine.workflow import run

__all__ = ["Config", "JourneymineError", "load_config", "run"]

_HOMES = {
    "Config": "journeymine.config",
    "JourneymineError": "journeymine.errors",
    "load_config": "journeymine.project_file",
    "run": "journeymine.workflow",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first used: `--help` must not wait for it."""
    if name not in _HOMES:
        message = f"module 'journeymine' has no attribute {name!r}"
        raise AttributeError(message)
    from importlib import import_module  # noqa: PLC0415  only when a name is used

    return getattr(import_module(_HOMES[name]), name)
