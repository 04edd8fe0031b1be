"""What a snapshot keeps apart: the full tables, where its own withhold small cells."""

from pathlib import Path

RESTRICTED = "restricted"
"""Folder of the full tables in a snapshot whose own tables withhold small cells."""

WITHHELD = "withheld"
"""Schema, in its DuckDB file, of the tables that it lacks: columns without a row."""

SUPPRESSED = Path("tables", "meta_suppressed.parquet")
"""A file that only such a snapshot has."""

COUNTLESS = (
    "run_id", "project", "started_at", "ended_at", "config_sha256", "watermark",
    "watermark_is_assumed", "process_models", "former_snapshot",
)  # fmt: skip
"""Facts of a run that count nobody."""


def full_folder(snapshot: Path) -> Path:
    """Return the folder of the full tables of a snapshot, which may be its own."""
    folder = snapshot / RESTRICTED
    return folder if folder.is_dir() else snapshot


def files_of(snapshot: Path) -> list[Path]:
    """Return what a manifest answers for: all files but those of the folder apart."""
    apart = snapshot / RESTRICTED
    return sorted(
        path
        for path in snapshot.rglob("*")
        if not path.is_dir() and apart not in path.parents
    )
