"""A disk that is full, at whichever step, ends a run and leaves `current` as it was."""

import json
import shutil
import subprocess
import sys
from typing import Any

import pytest
from tests.e2e.running import ROOT, Published
from tests.e2e.tiny import Shop

FREE = [0, 20_000, 300_000, 3_000_000, 7_000_000]
ON_SMALL_DISKS = """
import json, os, shutil, subprocess, sys
from pathlib import Path
from journeymine.verify import problems_of
from tests.e2e.forks import Fork

project, output, disks, *sizes = sys.argv[1:]

def run_twice(disk, free):
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", disk]
    subprocess.run(mount, check=True)
    there = disk / "out"
    shutil.copytree(output, there, symlinks=True)
    before = os.readlink(there / "current")
    space = os.statvfs(disk)
    with (disk / "filler").open("wb") as filler:
        filler.write(bytes(space.f_bavail * space.f_frsize - free))
    command = ("run", "--project", project, "--output", there)
    done = Fork(*command).ended()
    (disk / "filler").unlink()
    again = Fork(*command).ended()
    return {
        "code": done.returncode,
        "error": done.stderr.decode().splitlines(),
        "is_as_before": os.readlink(there / "current") != before
            and problems_of((there / "snapshots" / Path(before).name)) == [],
        "code_again": again.returncode,
        "snapshots": len(list((there / "snapshots").iterdir())),
    }

print(json.dumps({size: run_twice(Path(disks) / size, int(size)) for size in sizes}))
"""


@pytest.fixture(scope="module")
def on_small_disks(
    tiny: Published, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, Any]]:  # Any: JSON
    """Run with so many bytes free, and again with enough; return how it went."""
    if not shutil.which("unshare"):
        pytest.skip("no unshare: a disk that is full cannot be made here")
    shop = Shop(tiny.output.parent, tmp_path_factory.mktemp("full") / "shop")
    more = "u4,2024-01-04T10:00:00Z,view\n"
    shop.events.write_text(shop.events.read_text("utf-8") + more, encoding="utf-8")
    disks = tmp_path_factory.mktemp("disks")
    command = ["unshare", "--mount", sys.executable, "-c", ON_SMALL_DISKS]
    done = subprocess.run(
        [*command, shop.project, shop.output, disks, *map(str, FREE)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if "must be superuser" in done.stderr or "not permitted" in done.stderr:
        pytest.skip("no right to mount a small disk")
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


@pytest.mark.parametrize("free", FREE)
def test_a_full_disk_leaves_what_was_published(on_small_disks, free):
    found = on_small_disks[str(free)]
    assert found["code"] == 1
    (line,) = (line for line in found["error"] if "%" not in line)
    assert line.startswith("Error: ")
    assert "cannot be written" in line
    assert found["is_as_before"]
    assert found["code_again"] == 0
