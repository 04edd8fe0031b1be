"""Office files with the same bytes each time: their parts carry no clock."""

import io
import zipfile

from journeymine.exports.packing import LONG_AGO


def packed_again(packed: bytes) -> bytes:
    """Return a ZIP file anew: its parts in their order, without when they were made."""
    again = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(packed)) as old,
        zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            entry = zipfile.ZipInfo(part.filename, LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(part))
    return again.getvalue()
