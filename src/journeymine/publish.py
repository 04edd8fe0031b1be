"""Publish a run: Parquet, a DuckDB file, the report and a manifest, in one step."""

import hashlib
import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from journeymine.durable import sync
from journeymine.errors import OutputError
from journeymine.marts import DATABASE
from journeymine.restricted import (
    COUNTLESS,
    RESTRICTED,
    SUPPRESSED,
    files_of,
    full_folder,
)

CONTRACT_VERSION = 1
MANIFEST, SEAL = "manifest.json", "manifest.sha256"

VERSIONED = ("journeymine", "duckdb", "pyarrow", "numpy", "scipy", "scikit-learn")


@dataclass(frozen=True)
class Published:
    """Where a run published."""

    snapshot: Path

    @property
    def database(self) -> Path:
        """The DuckDB file with all tables."""
        return self.snapshot / DATABASE

    @property
    def tables(self) -> Path:
        """The folder with one Parquet file per table."""
        return self.snapshot / "tables"

    @property
    def report(self) -> Path:
        """The report."""
        return self.snapshot / "report" / "index.html"

    @property
    def restricted(self) -> Path | None:
        """The folder with the full tables, if the others withhold small cells."""
        folder = self.snapshot / RESTRICTED
        return folder if folder.is_dir() else None

    @property
    def manifest(self) -> dict[str, Any]:
        """What the manifest says of the run; the full one, if there are two."""
        path = (self.restricted or self.snapshot) / MANIFEST
        return dict(json.loads(path.read_text(encoding="utf-8")))


def newest(output: Path, file: str = "") -> Path:
    """Return the newest snapshot, or a file of it.

    Raises
    ------
    OutputError
        If nothing is published.
    """
    path = output / "current" / file
    if not path.exists():
        message = f"{output}: nothing is published; start with `journeymine run`"
        raise OutputError(message)
    return path


def newest_full(output: Path, file: str = "") -> Path:
    """Return the newest snapshot, or a file of it, with nothing withheld.

    Raises
    ------
    OutputError
        If nothing is published, or the full tables were not left here.
    """
    snapshot = newest(output)
    folder = full_folder(snapshot)
    if folder == snapshot and (snapshot / SUPPRESSED).exists():
        message = (
            f"{snapshot}: its folder {RESTRICTED} is missing, and the shared tables"
            " withhold what is asked; ask where it is, or run again"
        )
        raise OutputError(message)
    return newest(output, str((folder / file).relative_to(output / "current")))


def former_snapshot(output: Path) -> dict[str, str] | None:
    """Return what tells the newest snapshot from others, or None: an input of a run."""
    manifest = output / "current" / MANIFEST
    if not manifest.exists():
        return None
    run_id = manifest.parent.resolve().name
    return {"run_id": run_id, "manifest_sha256": sha256(manifest)}


def write_manifest(stage: Path, facts: Mapping[str, object]) -> None:
    """Write `manifest.json`: hash, size and rows of every file, and the run's facts.

    `manifest.sha256` beside it holds its own hash, in the form of `sha256sum`.
    """
    files = files_of(stage)
    manifest = {
        "contract_version": CONTRACT_VERSION,
        **facts,
        "versions": {name: version(name) for name in VERSIONED},
        "files": {
            str(path.relative_to(stage)): {
                "sha256": sha256(path),
                "bytes": path.stat().st_size,
                **({"rows": _rows(path)} if path.suffix == ".parquet" else {}),
            }
            for path in files
        },
    }
    text = json.dumps(manifest, indent=2, default=str)
    path = stage / MANIFEST
    path.write_text(text + "\n", encoding="utf-8")
    (stage / SEAL).write_text(seal_of(path), encoding="utf-8")


def close_full(
    full: Path, facts: Mapping[str, object], least: int
) -> dict[str, object]:
    """Write the manifest of the full tables, and keep their folder from all others.

    Returns
    -------
    dict
        The facts that the manifest of the shared tables may say too: they count nobody.
    """
    write_manifest(full, {**facts, "min_cell": least})
    full.chmod(0o700)
    shared = {name: fact for name, fact in facts.items() if name in COUNTLESS}
    return {**shared, "min_cell": least}


def seal_of(manifest: Path) -> str:
    """Return the line that `manifest.sha256` must hold."""
    return f"{sha256(manifest)}  {manifest.name}\n"


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def swap(stage: Path, output: Path, run_id: str, keep: int) -> Published:
    """Make a finished stage the newest snapshot, and `current` point to it.

    A reader sees the snapshot before or this one, never a mixture. The newest `keep`
    snapshots stay.
    """
    snapshots = output / "snapshots"
    snapshots.mkdir(exist_ok=True)
    for path in stage.rglob("*"):
        sync(path)
    stage.rename(snapshots / run_id)
    link = output / ".current.new"
    link.unlink(missing_ok=True)
    link.symlink_to(Path("snapshots") / run_id)
    link.replace(output / "current")
    sync(output)
    for old in sorted(path for path in snapshots.iterdir())[:-keep]:
        shutil.rmtree(old, ignore_errors=True)
    return Published(output / "current")


def _rows(path: Path) -> int:
    return int(pq.read_metadata(path).num_rows)
