"""Privacy in the project file: whose key replaces identifiers, and what is withheld."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from journeymine.config_linkage import Linkage
from journeymine.config_sources import Section
from journeymine.config_values import one_or_more

Kind = Literal["email", "phone"]
"""Types of identifier that are personal, and can be told in a text."""

DEFAULT_KEY = "JOURNEYMINE_KEY"
"""The variable of the environment that holds the key, unless another is named."""

Domain = Annotated[str, Field(pattern=r"^[^@\s]+\.[^@\s]+$")]
Domains = Annotated[tuple[Domain, ...], BeforeValidator(one_or_more)]


class Privacy(Section):
    """What becomes of e-mail addresses, phone numbers and free text at landing.

    Attributes
    ----------
    pseudonymise
        Types of identifier that are replaced by tokens, wherever they stand.
    key_env, key_file
        Where the key is: a variable of the environment, or a file. None: `DEFAULT_KEY`.
    country_code
        Of phone numbers without one; None: they stay as they are.
    free_text
        Whether the texts of `[feedback]` are kept, masked, or dropped.
    test_domains
        Addresses of these link nobody.
    internal_domains
        Addresses of these are the company's own.
    min_cell
        Counts of fewer people are withheld from the shared tables and the report;
        None: nothing is.
    """

    pseudonymise: Annotated[tuple[Kind, ...], Field(min_length=1)] = ("email", "phone")
    key_env: Annotated[str, Field(min_length=1)] | None = None
    key_file: Path | None = None
    country_code: Annotated[str, Field(pattern=r"^\+[1-9]\d{0,2}$")] | None = None
    free_text: Literal["masked", "dropped"] = "masked"
    test_domains: Domains = ()
    internal_domains: Domains = ()
    min_cell: Annotated[int, Field(ge=2, le=1000)] | None = None

    @model_validator(mode="after")
    def _has_one_key(self) -> "Privacy":
        if self.key_env and self.key_file:
            message = "key_file: stands beside key_env; keep one of them"
            raise ValueError(message)
        return self


def check_privacy(privacy: Privacy | None, linkage: Linkage | None) -> None:
    """Refuse to compare addresses by likeness that are tokens by then.

    Raises
    ------
    ValueError
        With the setting, what is wrong with it, and what to do.
    """
    if privacy is None or linkage is None or "email" not in privacy.pseudonymise:
        return
    for attribute, kind in linkage.compare.items():
        if kind == "email":
            message = (
                f"identity.linkage.compare: {attribute!r} is compared as an e-mail"
                ' address, which [privacy] replaces; compare it as "text"'
            )
            raise ValueError(message)
