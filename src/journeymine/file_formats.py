"""What the name of a file says of its format."""

from pathlib import Path

FORMATS = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".json": "jsonl",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
    ".xes": "xes",
}
COMPRESSIONS = {".gz", ".zst", ".zip"}


def format_by_name(file: str) -> str | None:
    """Return the format that a file's name ends in; None if it is none of ours.

    The name of a zip archive counts (`events.csv.zip`), not that of the file in it.
    """
    suffixes = [suffix.lower() for suffix in Path(file).suffixes]
    while suffixes and suffixes[-1] in COMPRESSIONS:
        suffixes.pop()
    return FORMATS.get(suffixes[-1]) if suffixes else None
