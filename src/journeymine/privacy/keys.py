"""The secret key of a project: from the environment, or from a file."""

import os
from pathlib import Path

from journeymine.config_privacy import DEFAULT_KEY, Privacy
from journeymine.errors import ConfigError

SHORTEST = 16
"""Bytes of a key: a shorter one could be found by trying."""


def read_key(privacy: Privacy, folder: Path) -> bytes:
    """Return the key, without the space around it.

    Parameters
    ----------
    privacy
        The section that says where it is.
    folder
        The folder of the project file.

    Raises
    ------
    ConfigError
        If there is none, or it is too short.
    """
    if privacy.key_file:
        where, key = f"privacy.key_file: {privacy.key_file}", _of_file(privacy, folder)
    else:
        name = privacy.key_env or DEFAULT_KEY
        where, key = f"privacy.key_env: {name}", os.environb.get(os.fsencode(name), b"")
    key = key.strip()
    if not key:
        message = (
            f"{where}: holds no key; set it to a secret of {SHORTEST} bytes or more"
        )
        raise ConfigError(message)
    if len(key) < SHORTEST:
        message = f"{where}: {len(key)} bytes are too few; use {SHORTEST} or more"
        raise ConfigError(message)
    return key


def _of_file(privacy: Privacy, folder: Path) -> bytes:
    path = folder / (privacy.key_file or "")
    try:
        return path.read_bytes()
    except OSError as error:
        message = (
            f"privacy.key_file: {privacy.key_file}: cannot be read:"
            f" {error.strerror}; check path and permissions"
        )
        raise ConfigError(message) from error
