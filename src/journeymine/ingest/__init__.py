"""Land exports: frame their records, quarantine what is broken, lose nothing.

`land_source` brings every file of a source into the landing folder, once per
content; `read_landed` says what lies there, `raw_records` gives the bytes of records,
and `mend_records` puts mended ones in their places. That is all that others need.
"""

from journeymine.ingest.landing import land_source
from journeymine.ingest.ledger import LandedContent, read_landed
from journeymine.ingest.originals import raw_records
from journeymine.ingest.parts import Load
from journeymine.ingest.replaying import mend_records
from journeymine.ingest.sealing import read_sealed

__all__ = [
    "LandedContent",
    "Load",
    "land_source",
    "mend_records",
    "raw_records",
    "read_landed",
    "read_sealed",
]
