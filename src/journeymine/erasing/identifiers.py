"""Identifiers as a user gives them, and as the tables have them."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from journeymine.config import Config
from journeymine.erasing.register import Identifier, Register, read_register
from journeymine.errors import ConfigError
from journeymine.privacy import stitched

PROBE = Identifier("email", "probe@journeymine.invalid")
"""Of which kind a project's identifiers are, tokens of which key, shows on this one."""


@dataclass(frozen=True)
class Given:
    """An identifier that a user gave: as it was written, and as the tables have it."""

    written: Identifier
    stitched: Identifier


def given_as(config: Config, text: str) -> Given:
    """Return what `type=value` names.

    Raises
    ------
    ConfigError
        If it is not of this form.
    """
    kind, equals, value = text.partition("=")
    if not (equals and kind.strip() and value.strip()):
        message = f"--identifier {text}: is not type=value; give email=ann@example.com"
        raise ConfigError(message)
    written = Identifier(kind.strip(), value.strip())
    return Given(written, as_stitched(config, written))


def forgotten_erasures(config: Config) -> list[str]:
    """Return a warning if those who were erased would not be known again."""
    register = read_register(config.output / "landing")
    if register is None or register.probe == as_stitched(config, PROBE).value:
        return []
    return [
        f"privacy: changed since {len(register.entries):,} identifiers were erased:"
        " they are not known in later exports; erase those persons again"
    ]


def as_stitched(config: Config, one: Identifier) -> Identifier:
    """Return an identifier as the stitching has it: its token, if the project asks."""
    return Identifier(one.kind, stitched(config, one.kind, one.value))


def check_kinds(
    con: duckdb.DuckDBPyConnection, given: Sequence[Given], register: Register | None
) -> None:
    """Check that the types of identifiers are some that there are, or were.

    Raises
    ------
    ConfigError
        If there is none of a type.
    """
    rows = con.execute("select distinct identifier_type from int_identities").fetchall()
    known = {kind for (kind,) in rows}
    known |= {entry.kind for entry in register.entries} if register else set()
    for one in given:
        if one.stitched.kind not in known:
            named = ", ".join(sorted(known))
            message = (
                f"--identifier {one.written.pair}: there are no identifiers of type"
                f" {one.written.kind!r}; name one of: {named}"
            )
            raise ConfigError(message)
