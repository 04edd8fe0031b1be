"""The sample again, by other hands: its files renamed and split, its rows shuffled."""

import gzip
import random
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from tests.e2e.running import SAMPLE

PARTS = 3


def write_shuffled(folder: Path) -> Path:
    """Write the same records in another order, and return the project file."""
    chance = random.Random(1)
    web: list[str] = []
    for path in sorted(SAMPLE.glob("web/*.ndjson.gz")):
        web += _text(path).splitlines()
    chance.shuffle(web)
    for index, part in enumerate(_dealt(web)):
        _write(folder / "web" / f"z{PARTS - index}.ndjson", part, is_packed=index > 0)
    for path in sorted(SAMPLE.glob("*/*.csv.gz")):
        header, *records = csv_records(_text(path))
        chance.shuffle(records)
        name, system = path.name.removesuffix(".csv.gz"), path.parent.name
        for index, part in enumerate(_dealt(records)):
            file = folder / system / f"{PARTS - index}-{name}.csv"
            _write(file, [header, *part], is_packed=index == 1)
    settings = (SAMPLE / "journeymine.toml").read_text("utf-8")
    settings = settings.replace("web/*.ndjson.gz", "web/z*")
    settings = re.sub(
        r'path = "(\w+)/(\w+)\.csv\.gz"', r'path = "\1/*-\2.csv*"', settings
    )
    project = folder / "journeymine.toml"
    project.write_text(settings, encoding="utf-8")
    shutil.copy(SAMPLE / "notes.toml", folder)
    return project


def csv_records(text: str) -> list[str]:
    """Return the records of a CSV text as they stand; one may span several lines."""
    records, open_lines = [], ""
    for line in text.splitlines(keepends=True):
        open_lines += line
        if open_lines.count('"') % 2 == 0:
            records.append(open_lines.rstrip("\n"))
            open_lines = ""
    return records


def _dealt(records: list[str]) -> Iterable[list[str]]:
    return (records[start::PARTS] for start in range(PARTS))


def _text(path: Path) -> str:
    return gzip.decompress(path.read_bytes()).decode()


def _write(path: Path, records: list[str], *, is_packed: bool) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    content = "".join(f"{record}\n" for record in records).encode()
    if is_packed:
        path = path.with_name(path.name + ".gz")
        content = gzip.compress(content)
    path.write_bytes(content)
