"""Whether what writes office files is installed."""

from importlib.util import find_spec

from journeymine.errors import ConfigError


def need_office(to: str) -> None:
    """Refuse where the extra `office` is missing.

    Raises
    ------
    ConfigError
        If it is.
    """
    missing = [name for name in ("xlsxwriter", "pptx") if find_spec(name) is None]
    if missing:
        message = (
            f"--to {to}: {missing[0]} is not installed;"
            ' pip install "journeymine[office]"'
        )
        raise ConfigError(message)
