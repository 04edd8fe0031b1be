"""Errors that a user can cause and fix; the command line shows each as one line.

A message says *where: what is wrong; what to do*. `exit_code` is what the
command line exits with.
"""


class JourneymineError(Exception):
    """Base of every error that journeymine raises on purpose."""

    exit_code = 1


class ConfigError(JourneymineError):
    """The project file or an argument is missing, unreadable or inconsistent."""

    exit_code = 2


class GateError(JourneymineError):
    """A balance is not zero, or a quality limit of the project was passed."""

    exit_code = 3


class LockedError(JourneymineError):
    """Another run holds the lock of the output folder."""

    exit_code = 4


class QueryError(JourneymineError):
    """A question to the published tables is wrong, refused, or takes too long."""

    exit_code = 2


class SourceError(JourneymineError):
    """A source is missing, unreadable, empty, or lacks a declared column."""

    exit_code = 5


class ModelError(JourneymineError):
    """A SQL model could not be built, or its rows break its declared key."""


class OutputError(JourneymineError):
    """The output folder cannot be written."""


class DamagedError(JourneymineError):
    """A published file is not what was published."""


class ErasureError(JourneymineError):
    """Something still tells a person who is to be erased."""
