"""What was erased when, and how it was proved: hashes and counts, and no more."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from journeymine.ingest.store import write_json

LOG = "erasures.json"


def read_log(output: Path) -> list[dict[str, Any]]:
    """Return the erasures of an output folder, first to last."""
    path = output / LOG
    if not path.exists():
        return []
    return list(json.loads(path.read_text(encoding="utf-8"))["erasures"])


def add_to_log(output: Path, entry: Mapping[str, object]) -> None:
    """Add an erasure to the log."""
    write_json(output / LOG, {"erasures": [*read_log(output), entry]})
