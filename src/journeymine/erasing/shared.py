"""Identifiers that stay cut though one whom they stood beside was erased."""

from pathlib import Path

import duckdb

from journeymine.erasing.register import read_register
from journeymine.warehouse import write_table


def write_shared(con: duckdb.DuckDBPyConnection, landing: Path) -> None:
    """Write `cfg_identity_shared`: identifier_type, identifier."""
    register = read_register(landing)
    write_table(
        con,
        "cfg_identity_shared",
        "identifier_type varchar, identifier varchar",
        list(register.shared) if register else [],
    )
