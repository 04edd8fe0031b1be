"""Files that mean harm, or look as if: refused with one line, in bounded memory."""

import gzip
import io
import os
import random
import socket
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.ingest.test_text import ROWS, TEXT, zipped, zstd

from journeymine.config import Ingest
from journeymine.errors import SourceError
from journeymine.ingest import land_source
from journeymine.ingest.text import Text

A = b"id,note\n1,a\n"


def read(path: Path, limits: Ingest) -> bytes:
    with Text(path, "utf-8", "a", limits) as text:
        return text.read(1 << 20)


def refused(
    land: Callable[..., object], files: dict[str, bytes], **source: object
) -> str:
    with pytest.raises(SourceError) as caught:
        land(files, **source)
    line = str(caught.value)
    assert "\n" not in line
    return line


def archive(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as opened:
        for name, raw in members.items():
            opened.writestr(name, raw)
    return file.getvalue()


def encrypted(raw: bytes) -> bytes:
    """Set the flag of encryption in both headers of a zip archive of one file."""
    packed = bytearray(archive({"a.csv": raw}))
    packed[6] |= 1
    packed[packed.index(b"PK\1\2") + 8] |= 1
    return bytes(packed)


ZIP = archive({"a.csv": TEXT.encode() * 1000})
WRONG_CRC = ZIP.replace(zlib.crc32(TEXT.encode() * 1000).to_bytes(4, "little"), b"1234")


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (archive({"a.csv": A, "b.csv": A}), "is a zip archive of 2 files; unpack it"),
        (
            archive({"a/": b"", "__MACOSX/a": b""}),
            "is a zip archive of 0 files; unpack",
        ),
        (
            archive({}),
            "is a zip archive of 0 files; unpack it, or compress it with gzip",
        ),
        (encrypted(A), "is a zip archive that is encrypted; unpack it"),
        (
            archive({"a": A}, zipfile.ZIP_BZIP2),
            "is a zip archive packed by another met",
        ),
        (archive({"a": A}, zipfile.ZIP_LZMA), "is a zip archive packed by another met"),
        (
            archive({"x" * 60_000 + str(i): b"" for i in range(20)}),
            "broken: its direct",
        ),
        (WRONG_CRC, "broken: Bad CRC-32 for file 'a.csv'; export it again"),
        (ZIP[:-9], "broken: File is not a zip file; export it again"),
        (b"\0\1\2", "broken: its name ends in .zip, but it is no archive; export it"),
    ],
)
def test_a_zip_that_is_not_one_good_file_is_refused(land, raw, problem):
    line = refused(land, {"a.csv.zip": raw})
    assert line.startswith(f"sources.shop: a.csv.zip: {problem}")


def test_a_zip_is_told_by_its_bytes_and_read_by_its_name(land, project):
    assert land({"a.csv.zip": zipped(TEXT.encode())}, format=None, connector="crm")
    stored = archive({"x": A}, zipfile.ZIP_STORED)
    assert land({"b.dat": stored}, mode="replace").rows == [("1", "a")]
    told: list[int] = []
    config = project({"c.csv": ZIP})
    land_source(config, "shop", told.append)
    assert sum(told) == len(ZIP)


def test_the_name_in_a_zip_is_no_path(land, tmp_path):
    before = set(tmp_path.parent.rglob("*"))
    assert land({"in/a.csv": zipped(TEXT.encode(), "/../../evil")}).rows == ROWS
    new = set(tmp_path.parent.rglob("*")) - before
    assert not [path for path in new if "evil" in path.name]


@pytest.mark.parametrize(
    "whole",
    [ZIP, gzip.compress(A * 99, mtime=0), zstd(A * 99)],
    ids=["zip", "gzip", "zstd"],
)
def test_damage_ends_in_one_line_or_in_the_same_text(tmp_path, whole):
    path = tmp_path / "a"
    for seed in range(300):
        dice = random.Random(seed)
        raw = bytearray(whole)
        for _ in range(dice.randrange(1, 4)):
            raw[dice.randrange(4, len(raw))] = dice.randrange(256)
        path.write_bytes(raw[: dice.choice([len(raw), dice.randrange(4, len(raw))])])
        assert "\n" not in error_of(path), seed


def error_of(path: Path) -> str:
    """Read a file; anything but a `SourceError` is a defect."""
    try:
        read(path, Ingest())
    except SourceError as error:
        return str(error)
    return ""


LAND = """
import resource, sys
from pathlib import Path
from journeymine.config import Config
from journeymine.errors import SourceError
from journeymine.ingest import land_source

folder, file, format_ = sys.argv[1:]
columns = {"occurred_at": "at", "activity": "what"}
config = Config.model_validate({
    "project": {"name": "t", "output": "out"},
    "sources": {"shop": {"format": format_, "path": file, "columns": columns}},
    "folder": Path(folder),
})
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    land_source(config, "shop")
except SourceError as error:
    print(error)
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


def gzip_bomb(piece: bytes) -> bytes:
    return gzip.compress(piece) * (1 << 10)


def zip_bomb(piece: bytes) -> bytes:
    return archive({"a.csv": piece * (1 << 8)})


def zstd_bomb(piece: bytes) -> bytes:
    return zstd(piece) * (1 << 10)


LINES = b"id,note\n" + b"1,aaaaa\n" * ((1 << 17) - 1)


@pytest.mark.parametrize(
    ("piece", "format_"),
    [(bytes(1 << 20), "csv"), (bytes(1 << 20), "jsonl"), (LINES, "csv")],
    ids=["one line of zeros", "the same as JSON", "short lines"],
)
@pytest.mark.parametrize("bomb", [gzip_bomb, zip_bomb, zstd_bomb])
def test_a_bomb_is_refused_in_bounded_memory(tmp_path, bomb, piece, format_):
    (tmp_path / "a.csv").write_bytes(bomb(piece))
    command = [sys.executable, "-c", LAND, str(tmp_path), "a.csv", format_]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    line, megabytes = done.stdout.splitlines()
    assert line.startswith("sources.shop: a.csv: ")
    assert "more than 250 times its size" in line
    assert line.endswith("or raise ingest.max_ratio")
    assert int(megabytes) < 350  # of 1024, or of 256 that zip holds


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zipped, zstd])
def test_a_file_larger_than_the_limit_is_refused(tmp_path, pack):
    path = tmp_path / "a"
    path.write_bytes(pack(b"x" * 1001))
    limits = Ingest.model_validate({"max_bytes": 1000})
    with pytest.raises(SourceError, match=r"larger than 1000 .* raise ingest.max_byt"):
        read(path, limits)
    larger = Ingest.model_validate({"max_bytes": "1001 B"})
    assert read(path, larger) == b"x" * 1001


def test_a_ratio_may_be_allowed(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(gzip_bomb(bytes(80 << 10)))
    limits = Ingest.model_validate({"max_ratio": 2000})
    with Text(path, "latin-1", "a", limits) as text:
        assert len(text.read(81 << 20)) == 80 << 20


@pytest.fixture
def outside(tmp_path_factory):
    folder = tmp_path_factory.mktemp("outside")
    (folder / "secret.csv").write_bytes(A)
    return folder


@pytest.mark.parametrize("pattern", ["in/*.csv", "in/*/*.csv", "in/**/*.csv"])
def test_a_pattern_does_not_follow_a_link_out_of_its_folder(
    land, tmp_path, outside, pattern
):
    (tmp_path / "in" / "b").mkdir(parents=True)
    (tmp_path / "in" / "link.csv").symlink_to(outside / "secret.csv")
    (tmp_path / "in" / "folder").symlink_to(outside)
    line = refused(land, {"in/b/a.csv": A}, path=pattern)
    assert line.startswith(f"sources.shop: {tmp_path}/in/")
    if "**" in pattern:
        assert "is a link to a folder, which ** does not follow" in line
    else:
        assert f"leads to {outside}/secret.csv, out of the folder" in line


def test_a_pattern_does_not_climb_out_of_its_folder(land, tmp_path):
    files = {"in/b/c.csv": A, "secret.csv": A}
    assert "leads to" in refused(land, files, path="in/*/../../secret.csv")


def test_a_link_within_the_folder_or_named_by_itself_is_read(land, tmp_path, outside):
    (tmp_path / "last.csv").symlink_to("a.csv")
    (tmp_path / "out.csv").symlink_to(outside / "secret.csv")
    (tmp_path / "linked").symlink_to(outside)
    assert [load.file for load in land({"a.csv": A}, path="[al]*.csv").loads] == [
        "a.csv",
        "last.csv",
    ]
    assert land({}, path="out.csv").rows == [("1", "a")]
    assert land({}, path="linked/*.csv").rows == [("1", "a")]


@pytest.mark.parametrize("path", ["b.csv", "*.csv"])
def test_a_link_to_nothing_or_to_itself_is_one_line(land, tmp_path, path):
    (tmp_path / "b.csv").symlink_to("none.csv")
    line = refused(land, {"a.csv": A}, path=path)
    assert "b.csv: is a link to a file that is not there; remove it, or mend it" in line
    (tmp_path / "b.csv").unlink()
    (tmp_path / "b.csv").symlink_to("b.csv")
    assert "b.csv: cannot be read: Too many levels" in refused(land, {}, path=path)


@pytest.mark.parametrize("path", ["b.csv", "*.csv"])
@pytest.mark.parametrize("kind", ["pipe", "socket", "device"])
def test_what_is_no_file_is_refused_and_never_opened(land, tmp_path, path, kind):
    if kind == "pipe":
        os.mkfifo(tmp_path / "b.csv")
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as bound:
            place = os.open(tmp_path, os.O_RDONLY)  # the path itself may be too long
            bound.bind(f"/proc/self/fd/{place}/b.csv")
            os.close(place)
    else:
        (tmp_path / "b.csv").symlink_to("/dev/zero")
    line = refused(land, {"a.csv": A}, path=path)
    assert "b.csv: is neither a file nor a folder; move it elsewhere" in line


@pytest.mark.parametrize(
    "name",
    ["ev[a]*.csv", "a\nb.csv", 'a"b.csv', "a'b.csv", "é€😀.csv", "-a.csv", "$a.csv"],
)
def test_a_name_is_just_a_name(land, name):
    other = {"eva.csv": b"id,note\n2,b\n"}
    landed = land({name: A} | other, path=name)
    assert (landed.load.file, landed.rows) == (name, [("1", "a")])
    found = land({}, path="*.csv").loads
    assert {load.file for load in found} == {name, "eva.csv"}


def test_a_name_that_is_no_utf_8_is_one_line(land, tmp_path):
    (Path(os.fsdecode(os.fsencode(tmp_path) + b"/a\xff.csv"))).write_bytes(A)
    line = refused(land, {}, path="*.csv")
    assert line == r"sources.shop: a\udcff.csv: its name is no UTF-8; rename it"


def test_a_path_with_a_nul_byte_is_no_file(land):
    assert "no such file" in refused(land, {}, path="a\0b.csv")
