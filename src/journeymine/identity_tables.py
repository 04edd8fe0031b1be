"""What the project file and common sense say of identifiers, as `cfg_*` tables."""

import duckdb

from journeymine.config_identity import Identity
from journeymine.warehouse import write_table

WEAK_NAMES = (
    "*anonymous*",
    "*browser*",
    "client_id",
    "*cookie*",
    "*device*",
    "*fingerprint*",
    "gaid",
    "idfa",
    "ip",
    "ip_*",
    "*session*",
    "*visitor*",
)
"""Types of these names stand for a machine or a visit, all others for a person."""

LIMIT_WEAK, LIMIT_STRONG = 5, 10
"""A machine is a household's; a person changes address more often than one thinks."""

PLACEHOLDERS = (
    "",
    "-",
    "-1",
    "0",
    "00000000-0000-0000-0000-000000000000",
    "ffffffff-ffff-ffff-ffff-ffffffffffff",
    "(none)",
    "(not set)",
    "[object object]",
    "anonymous",
    "guest",
    "n/a",
    "nan",
    "nil",
    "none",
    "not set",
    "null",
    "undefined",
    "unknown",
)
ROLES = (
    "abuse",
    "accounts",
    "admin",
    "billing",
    "contact",
    "do-not-reply",
    "donotreply",
    "hello",
    "help",
    "hr",
    "info",
    "jobs",
    "mail",
    "marketing",
    "newsletter",
    "no-reply",
    "noreply",
    "office",
    "orders",
    "postmaster",
    "sales",
    "service",
    "support",
    "team",
    "webmaster",
)
TESTS = ("test", "tester", "testuser")


def write_identity(con: duckdb.DuckDBPyConnection, identity: Identity) -> None:
    """Write what is known of types, of values that link nobody, and of limits."""
    write_table(
        con,
        "cfg_identity_types",
        "place integer, pattern varchar, is_strong boolean",
        [
            (place, pattern, is_strong)
            for place, (pattern, is_strong) in enumerate(_strengths(identity), start=1)
        ],
    )
    write_table(
        con,
        "cfg_identity_values",
        "is_local_part boolean, value varchar, reason varchar",
        [
            *((False, value, "placeholder") for value in PLACEHOLDERS),
            *((False, value, "test") for value in TESTS),
            *((True, value, "role") for value in ROLES),
            *((True, value, "test") for value in TESTS),
        ],
    )
    write_table(
        con,
        "cfg_identity_patterns",
        "identifier_type varchar, pattern varchar",
        [
            (kind, pattern.lower())
            for kind, patterns in identity.ignore.items()
            for pattern in patterns
        ],
    )
    write_table(
        con,
        "cfg_identity_limits",
        "identifier_type varchar, is_strong boolean, most bigint",
        [
            ("*", False, LIMIT_WEAK),
            ("*", True, LIMIT_STRONG),
            *((kind, None, most) for kind, most in identity.limits.items()),
        ],
    )


def _strengths(identity: Identity) -> list[tuple[str, bool]]:
    """Return patterns of types: the first one that fits says how strong a type is."""
    if identity.strong is None:
        return [*((name, False) for name in WEAK_NAMES), ("*", True)]
    return [*((name, True) for name in identity.strong), ("*", False)]
