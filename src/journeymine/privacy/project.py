"""What a project file says of privacy, put to use."""

from collections.abc import Iterator
from contextlib import contextmanager

from journeymine.config import Config
from journeymine.errors import JourneymineError
from journeymine.privacy.forms import EMAIL
from journeymine.privacy.keys import read_key
from journeymine.privacy.mapping import identifier_columns, kept_columns
from journeymine.privacy.masking import KINDS, Masking
from journeymine.privacy.tokens import Rules, Tokens


def masking_of(config: Config, name: str) -> Masking | None:
    """Return how the records of a source are changed; None if they stay as they are.

    Raises
    ------
    ConfigError
        If there is no key.
    """
    tokens = _tokens(config)
    if tokens is None:
        return None
    named = identifier_columns(config, name)
    unmasked = set(KINDS) - set(tokens.rules.kinds)
    return Masking(
        tokens=tokens,
        kept=kept_columns(config, name),
        identifiers={
            column: kind for column, kind in named.items() if kind not in unmasked
        },
        null=config.sources[name].null,
    )


def masked(config: Config, text: str) -> str:
    """Return a text with tokens for what is personal; itself without `[privacy]`."""
    tokens = _tokens(config)
    return tokens.within(text) if tokens else text


@contextmanager
def masked_errors(config: Config) -> Iterator[None]:
    """Mask the line of an error that a user can cause, and show no other beside it."""
    try:
        yield
    except JourneymineError as error:
        if config.privacy is None:
            raise
        raise type(error)(masked(config, str(error))) from None


def stitched(config: Config, kind: str, value: str) -> str:
    """Return how an identifier is called in the tables.

    Parameters
    ----------
    config
        The project.
    kind
        The identifier's type.
    value
        As somebody writes it, or a token.
    """
    tokens = _tokens(config)
    plain = value.strip(" ")
    if kind == "email":
        plain = plain.lower()
    if tokens is None:
        return plain
    for known in tokens.rules.kinds:
        if kind == known:
            return tokens.of(known, value)
    is_address = "email" in tokens.rules.kinds and EMAIL.fullmatch(plain)
    return tokens.of("email", plain, kind) if is_address else tokens.within(plain, kind)


def _tokens(config: Config) -> Tokens | None:
    privacy = config.privacy
    if privacy is None:
        return None
    rules = Rules(
        kinds=tuple(sorted(set(privacy.pseudonymise))),
        country_code=privacy.country_code,
        test_domains=tuple(one.lower() for one in privacy.test_domains),
        internal_domains=tuple(one.lower() for one in privacy.internal_domains),
        ignore={
            kind: tuple(one.lower() for one in patterns)
            for kind, patterns in config.identity.ignore.items()
        },
    )
    return Tokens(read_key(privacy, config.folder), rules)
