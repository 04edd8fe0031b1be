"""Export files: written as they come, compressed, and counted."""

import gzip
from collections.abc import Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from journeymine.sample.quality import Damage, damage_csv, damage_json

# Every thousandth record has a broken copy behind it. The first comes soon enough
# for a small file to have one, and late enough to stay below 0.5 %.
_BROKEN_EVERY = 1000
_FIRST_BROKEN = 450
# Enough for the compression to be worth a turn of its thread.
_BLOCK = 1000

CSV_COLUMNS = {
    "contacts": "contact_id,email,user_id,country,created_at,lead_at,customer_at,"
    "updated_at",
    "deals": "event_id,deal_id,contact_id,stage,changed_at,amount,currency,owner",
    "tickets": "event_id,ticket_id,requester_email,status,changed_at,channel,"
    "priority,topic,actor",
    "survey": "event_id,response_id,email,activity,at,score,comment,ticket_id,order_id",
    "reviews": "review_id,user_id,stars,text,created_at,order_id",
    "campaigns": "event_id,campaign,email,event,at",
}
CSV_FOLDERS = {
    "contacts": "crm",
    "deals": "crm",
    "tickets": "support",
    "survey": "feedback",
    "reviews": "feedback",
    "campaigns": "email",
}


@dataclass
class Counts:
    """What is in a file; `records` holds the duplicates and the bad ones too."""

    lines: int = 0
    records: int = 0
    duplicates: int = 0
    bad: int = 0
    late: int = 0
    ties: int = 0


class Export:
    """One compressed file under way.

    Lines are compressed by the `writer`, block after block, while the next customers
    are made up: zlib lets other threads run. No more than two blocks are kept.
    """

    def __init__(self, path: Path, damage: Damage, writer: Executor) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self.counts = Counts()
        self._damage = damage
        self._next_broken = _FIRST_BROKEN
        self._lines: list[str] = []
        self._writer = writer
        self._written: Future[int] | None = None
        self._raw: BinaryIO = path.open("wb")
        # Neither a name nor a time in the header: the bytes depend on the data alone.
        self._file = gzip.GzipFile(
            filename="", mode="wb", fileobj=self._raw, mtime=0, compresslevel=6
        )

    def write(self, records: Sequence[str], duplicates: int = 0) -> None:
        """Append records; `duplicates` says how many are copies of earlier ones."""
        self.counts.duplicates += duplicates
        if self.counts.records + len(records) < self._next_broken:
            self.counts.records += len(records)
            self._lines += records
        else:
            self._write_some_broken(records)
        if len(self._lines) >= _BLOCK:
            self._flush()

    def write_header(self, columns: str) -> None:
        """Write the line of column names."""
        self._lines.append(columns)

    def close(self) -> None:
        """Finish the file."""
        with self._raw, self._file:
            self._flush()
            self._wait()

    def _write_some_broken(self, records: Sequence[str]) -> None:
        for record in records:
            self._lines.append(record)
            self.counts.records += 1
            if self.counts.records >= self._next_broken:
                self._lines += self._broken(record)

    def _broken(self, record: str) -> list[str]:
        # A broken quote would swallow the rows behind it: wait for a plain one.
        if self._damage is damage_csv and '"' in record:
            return []
        self._next_broken += _BROKEN_EVERY
        self.counts.bad += 1
        self.counts.records += 1
        return [self._damage(record, self.counts.bad - 1)]

    def _flush(self) -> None:
        if self._lines:
            text = "\n".join(self._lines) + "\n"
            self._lines.clear()
            self.counts.lines += text.count("\n")
            self._wait()
            self._written = self._writer.submit(self._file.write, text.encode())

    def _wait(self) -> None:
        """Wait for the block before; what went wrong with it is raised here."""
        if self._written is not None:
            self._written.result()


def csv_export(folder: Path, name: str, writer: Executor) -> Export:
    """Open a CSV export and write its header."""
    path = folder / CSV_FOLDERS[name] / f"{name}.csv.gz"
    export = Export(path, damage_csv, writer)
    export.write_header(CSV_COLUMNS[name])
    return export


def web_export(folder: Path, month: str, writer: Executor) -> Export:
    """Open a month of tracking calls."""
    return Export(folder / "web" / f"events-{month}.ndjson.gz", damage_json, writer)


def csv_record(fields: list[str]) -> str:
    """Return a CSV row, quoted where it must be."""
    return ",".join(
        '"' + text.replace('"', '""') + '"'
        if "," in text or '"' in text or "\n" in text
        else text
        for text in fields
    )
