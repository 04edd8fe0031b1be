"""Put mended records in the places of those that were set aside."""

from collections.abc import Mapping
from pathlib import Path

from journeymine.errors import SourceError
from journeymine.ingest.ledger import read_landed
from journeymine.ingest.mending import framed_alone, keep_mends, masked_alone
from journeymine.ingest.store import locked
from journeymine.privacy.masking import Masking


def mend_records(
    landing: Path,
    name: str,
    mends: Mapping[str, Mapping[int, bytes]],
    masking: Masking | None = None,
) -> None:
    """Put mended records of a source in the places of those that were set aside.

    Parameters
    ----------
    landing
        The folder `landing` of the output.
    name
        The source.
    mends
        SHA-256 of a content -> `record_index` -> bytes of the mended record.
    masking
        What becomes of personal values in them; None: they stay.

    Raises
    ------
    SourceError
        If some bytes are not one good record; nothing is changed then.
    LockedError
        If a run lands the same source.
    """
    folder = landing / name
    with locked(folder, f"sources.{name}: {folder}"):
        contents = {content.sha256: content for content in read_landed(landing, name)}
        for sha256, records in mends.items():
            for record_index, raw in records.items():
                found = framed_alone(contents[sha256], raw)
                if isinstance(found, str):
                    record = f"{name}/{sha256[:12]}/{record_index}"
                    message = f"{record}: {found}; mend it further, nothing is changed"
                    raise SourceError(message)
        for sha256, records in mends.items():
            content = contents[sha256]
            if masking:
                records = {
                    record_index: masked_alone(content, raw, masking)
                    for record_index, raw in records.items()
                }
            keep_mends(folder, content, records)
