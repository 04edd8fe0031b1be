"""Read the sample by the plainest means, and its truth."""

import csv
import gzip
import io
import json
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow.parquet as pq

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
END = datetime.fromisoformat("2024-07-01T00:00:00+00:00")
TIME_COLUMNS = {
    "contacts": "created_at",
    "deals": "changed_at",
    "tickets": "changed_at",
    "survey": "at",
    "reviews": "created_at",
    "campaigns": "at",
}

Row = dict[str, Any]  # one parsed record, whatever its source


class File(NamedTuple):
    """A file of the sample, parsed by the plainest means."""

    name: str
    lines: int
    texts: list[str]
    good: list[Row]
    bad: int


def text_of(path: Path) -> str:
    return gzip.decompress(path.read_bytes()).decode()


def truth_of(folder: Path, name: str) -> list[Row]:
    rows: list[Row] = pq.read_table(folder / "truth" / f"{name}.parquet").to_pylist()
    return rows


def time_of(text: str) -> datetime:
    return datetime.fromisoformat(text)


def good_call(line: str) -> Row | None:
    try:
        call: Row = json.loads(line)
        time_of(call["timestamp"])
        call["messageId"]
    except (ValueError, KeyError):
        return None
    return call


def web_file(path: Path) -> File:
    text = text_of(path)
    texts = text.splitlines()
    found = [call for line in texts if (call := good_call(line))]
    name = f"web/{path.name}"
    return File(name, text.count("\n"), texts, found, len(texts) - len(found))


def csv_file(path: Path) -> File:
    text = text_of(path)
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    time = TIME_COLUMNS[path.name.split(".")[0]]
    good = []
    for row in rows:
        try:
            found = dict(zip(header, row, strict=True))
            time_of(found[time])
        except ValueError:
            continue
        good.append(found)
    texts = [json.dumps(row) for row in rows]
    name = f"{path.parent.name}/{path.name}"
    return File(name, text.count("\n"), texts, good, len(rows) - len(good))


def activity_of(call: Row) -> str | None:
    name = str(call.get("event", call.get("name"))).lower().replace(" ", "_")
    prefix = {"track": "", "page": "view_", "screen": "screen_"}
    return prefix[call["type"]] + name if call["type"] in prefix else None


def owner_of_identifier() -> dict[tuple[str, str], int]:
    return {
        (row["identifier_type"], row["identifier"]): row["customer"]
        for row in truth_of(SAMPLE, "identities")
    }


def table(files: dict[str, File], name: str) -> list[Row]:
    found = next(file for file in files.values() if f"/{name}." in file.name)
    return found.good
