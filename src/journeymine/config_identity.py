"""Identity in the project file: which identifiers name a person, or link nobody."""

from typing import Annotated

from pydantic import Field

from journeymine.config_linkage import Linkage
from journeymine.config_sources import Section
from journeymine.config_values import Name


class Identity(Section):
    """How far identifiers are trusted to name one person.

    Attributes
    ----------
    strong
        Types that name one person; all others are weak. None: told by their names.
    ignore
        Per type, patterns (`*`, `?`, `[...]`; case is ignored) of values that link
        nobody.
    limits
        Per type, beside how many values of one strong type a value may stand.
    largest
        From more strong identifiers of one type on, a customer is searched for bridges.
    linkage
        How records that share no identifier are compared; None: they are not.
    """

    strong: tuple[Name, ...] | None = None
    ignore: dict[Name, tuple[str, ...]] = Field(default_factory=dict)
    limits: dict[Name, Annotated[int, Field(ge=1)]] = Field(default_factory=dict)
    largest: Annotated[int, Field(ge=2)] = 50
    linkage: Linkage | None = None
