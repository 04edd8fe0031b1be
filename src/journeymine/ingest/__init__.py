"""Land exports: frame their records, quarantine what is broken, lose nothing.

`land_source` brings every file of a source into the landing folder, once per
content; `read_landed` says what lies there. Both are all that others need.
"""

from journeymine.ingest.landing import land_source
from journeymine.ingest.ledger import LandedContent, read_landed
from journeymine.ingest.parts import Load

__all__ = ["LandedContent", "Load", "land_source", "read_landed"]
