"""Several files as one: a ZIP archive with the same bytes each time."""

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The first moment that such an archive can name: no clock stands in the file."""


def write_archive(path: Path, files: Mapping[str, object]) -> None:
    """Write files of JSON, by name, into a new archive."""
    with zipfile.ZipFile(path, "x", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
            archive.writestr(entry, text.encode("utf-8", "replace"))
