"""Events as GA4 exports them to BigQuery, and BigQuery to files."""

import io
import json
from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

SOURCE = '[sources.web]\nconnector = "ga4"\npath = "events_*.{}"\n'
START = 1_714_550_400_000_000  # 2024-05-01 08:00 UTC
DAY = 86_400_000_000

Hit = dict[str, Any]  # Any: JSON


def hit(name: str, after: int = 0, **further: Any) -> Hit:
    """Return an event as the export tells it, `after` so many microseconds.

    `params` are told as the types of their values say.
    """
    kinds = {str: "string_value", int: "int_value", float: "double_value"}
    params = further.pop("params", {"ga_session_id": 7})
    return {
        "event_date": "20240501",
        "event_timestamp": START + after,
        "event_name": name,
        "event_params": [
            {"key": key, "value": {kinds[type(value)]: value}}
            for key, value in params.items()
        ],
        "user_pseudo_id": "11.22",
        "stream_id": "5",
        "platform": "WEB",
        "device": {"category": "mobile"},
        **further,
    }


def json_lines(hits: Sequence[Hit]) -> str:
    """Return events as JSON lines: BigQuery writes whole numbers as texts."""

    def told(value: object) -> object:
        if isinstance(value, dict):
            return {key: told(one) for key, one in value.items()}
        if isinstance(value, list):
            return [told(one) for one in value]
        return str(value) if isinstance(value, int) else value

    return "".join(json.dumps(told(one)) + "\n" for one in hits)


def parquet(hits: Sequence[Hit]) -> bytes:
    names = dict.fromkeys(name for one in hits for name in one)
    rows = [{name: one.get(name) for name in names} for one in hits]
    file = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), file)
    return file.getvalue()
