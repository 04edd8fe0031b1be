"""A disk that is full, at whichever step, ends a run and leaves `current` as it was."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.e2e.tiny import Shop

ON_A_SMALL_DISK = """
import json, os, shutil, subprocess, sys
from pathlib import Path
from journeymine.verify import problems_of

project, output, disk, free = sys.argv[1:]
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", disk], check=True)
there = Path(disk) / "out"
shutil.copytree(output, there, symlinks=True)
before = os.readlink(there / "current")
space = os.statvfs(disk)
with (Path(disk) / "filler").open("wb") as filler:
    filler.write(bytes(space.f_bavail * space.f_frsize - int(free)))
command = [sys.executable, "-m", "journeymine", "run", "--project", project]
done = subprocess.run([*command, "--output", there], capture_output=True, text=True)
(Path(disk) / "filler").unlink()
again = subprocess.run([*command, "--output", there], capture_output=True, text=True)
print(json.dumps({
    "code": done.returncode,
    "error": [line for line in done.stderr.splitlines() if "%" not in line],
    "is_as_before": os.readlink(there / "current") != before
        and problems_of((there / "snapshots" / Path(before).name)) == [],
    "code_again": again.returncode,
    "snapshots": len(list((there / "snapshots").iterdir())),
}))
"""


def on_a_small_disk(shop: Shop, disk: Path, free: int) -> dict[str, Any]:
    """Run with so many bytes free, and again with enough; return how it went."""
    if not shutil.which("unshare"):
        pytest.skip("no unshare: a disk that is full cannot be made here")
    disk.mkdir()
    command = ["unshare", "--mount", sys.executable, "-c", ON_A_SMALL_DISK]
    done = subprocess.run(
        [*command, shop.project, shop.output, disk, str(free)],
        capture_output=True,
        text=True,
        check=False,
    )
    if "must be superuser" in done.stderr or "not permitted" in done.stderr:
        pytest.skip("no right to mount a small disk")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("free", [0, 20_000, 300_000, 3_000_000, 7_000_000])
def test_a_full_disk_leaves_what_was_published(shop, tmp_path, free):
    more = "u4,2024-01-04T10:00:00Z,view\n"
    shop.events.write_text(shop.events.read_text("utf-8") + more, encoding="utf-8")
    found = on_a_small_disk(shop, tmp_path / "disk", free)
    assert found["code"] == 1
    (line,) = found["error"]
    assert line.startswith("Error: ")
    assert "cannot be written" in line
    assert found["is_as_before"]
    assert found["code_again"] == 0
