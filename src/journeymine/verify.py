"""Check that a published snapshot is still what was published, to the last bit."""

import json
from pathlib import Path

from journeymine.config import Config
from journeymine.errors import DamagedError
from journeymine.publish import MANIFEST, SEAL, newest, seal_of, sha256
from journeymine.restricted import RESTRICTED, files_of


def verify(config: Config) -> tuple[Path, int]:
    """Check the newest snapshot.

    Returns
    -------
    tuple
        Its folder, and the number of its files.

    Raises
    ------
    OutputError
        If nothing is published.
    DamagedError
        If a file is missing, changed, or was not published with the others.
    """
    snapshot = newest(config.output).resolve()
    problems = problems_of(snapshot)
    # A copy that is handed on leaves it out.
    if (snapshot / RESTRICTED).is_dir():
        found = problems_of(snapshot / RESTRICTED)
        problems += [f"{RESTRICTED}/{problem}" for problem in found]
    if problems:
        more = f", and {len(problems) - 3} more" if len(problems) > 3 else ""
        message = (
            f"{snapshot}: not as it was published: {', '.join(problems[:3])}{more};"
            " run again"
        )
        raise DamagedError(message)
    return snapshot, sum(path.is_file() for path in snapshot.rglob("*"))


def problems_of(snapshot: Path) -> list[str]:
    """Return what is not as it was published, file by file; empty if all is well."""
    manifest = snapshot / MANIFEST
    seal = snapshot / SEAL
    for path in (manifest, seal):
        if not path.is_file():
            return [f"{path.name} is missing"]
    if seal.read_bytes() != seal_of(manifest).encode():
        return [f"{MANIFEST} or {SEAL} was changed"]
    listed = json.loads(manifest.read_text(encoding="utf-8"))["files"]
    found = {
        str(path.relative_to(snapshot)): path
        for path in files_of(snapshot)
        if path not in (manifest, seal)
    }
    missing = [f"{name} is missing" for name in sorted(listed.keys() - found)]
    added = [f"{name} was added" for name in sorted(found.keys() - listed)]
    changed = [
        f"{name} was changed"
        for name, file in sorted(listed.items())
        if name in found and sha256(found[name]) != file["sha256"]
    ]
    return [*missing, *added, *changed]
