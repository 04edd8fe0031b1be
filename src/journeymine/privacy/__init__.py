"""Privacy: what is personal is replaced before a run writes anything of a file.

`masking_of` says how a source's records are changed at landing, `stitched` how an
identifier is called afterwards, and `masked` what a text looks like then.
"""

from journeymine.privacy.mapping import personal_columns
from journeymine.privacy.project import masked, masking_of, stitched
from journeymine.privacy.tokens import is_token

__all__ = ["is_token", "masked", "masking_of", "personal_columns", "stitched"]
