"""What is true of the sample, and not said in its exports: Parquet tables."""

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from journeymine.sample.files import Counts
from journeymine.sample.story import Story
from journeymine.sample.times import INCIDENT_END, INCIDENT_START

_BATCH = 10_000
_TIME = pa.timestamp("ms", tz="UTC")


def _schema(text: str) -> pa.Schema:
    kinds = {"text": pa.string(), "int": pa.int64(), "bool": pa.bool_(), "time": _TIME}
    pairs = (field.split(":") for field in text.split())
    return pa.schema([(name, kinds[kind]) for name, kind in pairs])


# `drop_offs`: attempts that ended without an order; `step` is the last step reached.
# `churners`: who ordered and then stopped for good. `customers`: `in_progress` says
# that an attempt was under way at the end; `devices` counts those seen in the data.
# `quality`: `records` holds duplicates and bad ones too; `late` stand in a file of a
# later month; `ties` share their millisecond with the record before.
SCHEMAS = {
    "identities": _schema("identifier_type:text identifier:text customer:int"),
    "personas": _schema("customer:int persona:text"),
    "drop_offs": _schema(
        "customer:int attempt:int step:text dropped_at:time reason:text"
    ),
    "incidents": _schema(
        "name:text started_at:time ended_at:time device:text activity:text"
    ),
    "churners": _schema("customer:int last_active_at:time"),
    "customers": _schema(
        "customer:int in_progress:bool is_anonymous:bool is_business:bool devices:int "
        "attempts:int orders:int entered_at:time last_active_at:time"
    ),
    "quality": _schema(
        "file:text lines:int records:int duplicates:int bad:int late:int ties:int"
    ),
}


class Truth:
    """The truth's tables under way, written in row groups."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._rows: dict[str, list[Sequence[object]]] = {name: [] for name in SCHEMAS}
        self._writers = {
            name: pq.ParquetWriter(folder / f"{name}.parquet", schema)
            for name, schema in SCHEMAS.items()
        }

    def tell(self, story: Story) -> None:
        """Add what is true of one customer."""
        customer = story.customer
        number = customer.number
        self._add("personas", (number, customer.persona.name))
        devices = sorted({event.device for event in story.web})
        for device in devices:
            cookie = customer.anonymous_ids[device]
            self._add("identities", ("anonymous_id", cookie, number))
        if story.known_at is not None:
            self._add("identities", ("user_id", customer.user_id, number))
            self._add("identities", ("email", customer.email, number))
            self._add("identities", ("contact_id", customer.contact_id, number))
        for drop in story.drop_offs:
            row = (number, drop.attempt, drop.step, drop.at, drop.reason)
            self._add("drop_offs", row)
        if story.has_left:
            self._add("churners", (number, story.last_active_at))
        self._add("customers", _customer_row(story, len(devices)))

    def tell_incident(self) -> None:
        """Add the one incident."""
        name, activity = "mobile payment errors", "payment_failed"
        row = (name, INCIDENT_START, INCIDENT_END, "mobile", activity)
        self._add("incidents", row)

    def tell_quality(self, file: str, counts: Counts) -> None:
        """Add what a file holds."""
        row = (file, counts.lines, counts.records, counts.duplicates)
        self._add("quality", (*row, counts.bad, counts.late, counts.ties))

    def close(self) -> None:
        """Write what is left, and finish the files."""
        for name, writer in self._writers.items():
            self._flush(name)
            writer.close()

    def _add(self, name: str, row: Sequence[object]) -> None:
        self._rows[name].append(row)
        if len(self._rows[name]) >= _BATCH:
            self._flush(name)

    def _flush(self, name: str) -> None:
        rows, schema = self._rows[name], SCHEMAS[name]
        if not rows:
            return
        columns = zip(*rows, strict=True)
        arrays = [
            pa.array(column, field.type)
            for column, field in zip(columns, schema, strict=True)
        ]
        self._writers[name].write_table(pa.Table.from_arrays(arrays, schema=schema))
        rows.clear()


def _customer_row(story: Story, devices: int) -> Sequence[object]:
    customer = story.customer
    return (
        customer.number,
        story.in_progress,
        customer.is_anonymous,
        customer.is_business,
        devices,
        story.attempts,
        len(story.order_times),
        customer.entered_at,
        story.last_active_at,
    )
