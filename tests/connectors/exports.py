"""Land files in the layout of a system, and read what becomes of them."""

from collections.abc import Mapping
from pathlib import Path

from tests.core.bench import Bench

HEAD = '[project]\nname = "Test"\nas_of = 2030-01-01T00:00:00Z\n'

Rows = list[tuple[object, ...]]


def landed(
    bench: Bench, folder: Path, sources: str, files: Mapping[str, str | bytes]
) -> Bench:
    """Write the files of a project, land them, and return a bench that stands on them.

    Parameters
    ----------
    sources
        The sections `[sources.…]` of its project file.
    files
        Path below the folder -> text, or bytes.
    """
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (folder / "journeymine.toml").write_text(HEAD + sources, encoding="utf-8")
    bench.load(folder / "journeymine.toml")
    return bench


def events_of(bench: Bench, *columns: str) -> Rows:
    """Return columns of all good events that say what happened, in order of time.

    `at` is the time in UTC as text, `of` the identifiers, joined by commas.
    """
    wanted = {
        "at": "strftime(occurred_at, '%Y-%m-%d %H:%M:%S.%g')",
        "of": "replace(identifiers, chr(31), ', ')",
    }
    bench.build("int_events")
    selected = ", ".join(wanted.get(column, column) for column in columns)
    return bench.con.execute(
        f"select {selected} from int_events where activity is not null"
        " order by occurred_at, source_order, event_id"
    ).fetchall()


def people_of(bench: Bench) -> list[set[str]]:
    """Return the identifiers of each person, as `type=value`."""
    bench.build("dim_identities")
    rows = bench.con.execute(
        "select list(identifier_type || '=' || identifier)"
        " from dim_identities group by customer_id"
    ).fetchall()
    return sorted((set(identifiers) for (identifiers,) in rows), key=sorted)


def rejected_of(bench: Bench) -> Rows:
    """Return source, index and reason of the records that are set aside."""
    return bench.result_of("int_rejected", "source, record_index, reason")


def attribute(name: str) -> str:
    """Return SQL for an attribute of an event."""
    return f"attribute_value(attributes, '{name}')"
