"""A record written anew from its values: as they are kept, not as they stood."""

import json
from collections.abc import Mapping

from journeymine.ingest.delimited import DELIMITERS
from journeymine.ingest.parts import Content


def written(content: Content, row: Mapping[str, str | None]) -> bytes:
    """Return a record of a content with a line end; of formats without lines, JSON."""
    if content.is_json:
        return (row["payload"] or "").encode() + b"\n"
    if content.format == "lines":
        return (row["line"] or "").encode() + b"\n"
    if content.format not in DELIMITERS:
        return json.dumps(row, ensure_ascii=False).encode()
    delimiter = DELIMITERS[content.format].decode()
    has_quotes = content.dialect.get("quote", True)
    fields = [value or "" for value in row.values()]
    if has_quotes:
        fields = [_quoted(field, delimiter) for field in fields]
    return (delimiter.join(fields) + "\n").encode()


def _quoted(field: str, delimiter: str) -> str:
    if not any(sign in field for sign in (delimiter, '"', "\n", "\r")):
        return field
    return '"' + field.replace('"', '""') + '"'
