"""Export files: written as they come, compressed, and counted."""

import gzip
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from journeymine.sample.quality import Damage, damage_csv, damage_json

# Every thousandth record has a broken copy behind it. The first comes soon enough
# for a small file to have one, and late enough to stay below 0.5 %.
_BROKEN_EVERY = 1000
_FIRST_BROKEN = 450

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
    """One compressed file under way."""

    def __init__(self, path: Path, damage: Damage) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self.counts = Counts()
        self._damage = damage
        self._next_broken = _FIRST_BROKEN
        self._raw: BinaryIO = path.open("wb")
        # Neither a name nor a time in the header: the bytes depend on the data alone.
        self._file = gzip.GzipFile(
            filename="", mode="wb", fileobj=self._raw, mtime=0, compresslevel=6
        )

    def write(self, records: Iterable[str], duplicates: int = 0) -> None:
        """Append records; `duplicates` says how many are copies of earlier ones."""
        lines = []
        for record in records:
            lines.append(record)
            self.counts.records += 1
            if self.counts.records >= self._next_broken:
                lines += self._broken(record)
        self.counts.duplicates += duplicates
        self._append(lines)

    def write_header(self, columns: str) -> None:
        """Write the line of column names."""
        self._append([columns])

    def close(self) -> None:
        """Finish the file."""
        self._file.close()
        self._raw.close()

    def _broken(self, record: str) -> list[str]:
        # A broken quote would swallow the rows behind it: wait for a plain one.
        if self._damage is damage_csv and '"' in record:
            return []
        self._next_broken += _BROKEN_EVERY
        self.counts.bad += 1
        self.counts.records += 1
        return [self._damage(record, self.counts.bad - 1)]

    def _append(self, lines: list[str]) -> None:
        if lines:
            text = "\n".join(lines) + "\n"
            self.counts.lines += text.count("\n")
            self._file.write(text.encode())


def csv_export(folder: Path, name: str) -> Export:
    """Open a CSV export and write its header."""
    export = Export(folder / CSV_FOLDERS[name] / f"{name}.csv.gz", damage_csv)
    export.write_header(CSV_COLUMNS[name])
    return export


def web_export(folder: Path, month: str) -> Export:
    """Open a month of tracking calls."""
    return Export(folder / "web" / f"events-{month}.ndjson.gz", damage_json)


def csv_record(fields: list[str]) -> str:
    """Return a CSV row, quoted where it must be."""
    return ",".join(
        '"' + text.replace('"', '""') + '"'
        if "," in text or '"' in text or "\n" in text
        else text
        for text in fields
    )
