"""Tokens: what stands for an address or a number once it is landed.

A token is a keyed hash (HMAC-SHA256, cut to 128 bits) of the one way of writing, and
says in words what the address said of itself: `e_<hash>_company_role`. Its hash is
the same wherever the address stood; it cannot be turned back without the key.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from journeymine.config_privacy import Kind
from journeymine.identity_tables import PLACEHOLDERS, ROLES, TESTS
from journeymine.privacy.forms import normal_email, normal_phone, replaced

FREE_MAIL = frozenset(
    """
    126.com 163.com aol.com fastmail.com free.fr freenet.de gmail.com gmx.at gmx.ch
    gmx.com gmx.de gmx.net googlemail.com hey.com hotmail.co.uk hotmail.com hotmail.de
    hotmail.es hotmail.fr hotmail.it icloud.com laposte.net libero.it live.com live.de
    live.fr mac.com mail.com mail.de mail.ru me.com msn.com orange.fr outlook.com
    outlook.de outlook.fr posteo.de proton.me protonmail.com qq.com rediffmail.com
    rocketmail.com seznam.cz sfr.fr t-online.de tutanota.com uol.com.br wanadoo.fr
    web.de wp.pl yahoo.ca yahoo.co.in yahoo.co.jp yahoo.co.uk yahoo.com yahoo.com.br
    yahoo.de yahoo.es yahoo.fr yahoo.it yandex.ru zoho.com
    """.split()  # noqa: SIM905  sixty lines of one domain each read worse
)
"""Domains at which anybody may have an address; all others are a company's."""

TOKEN = re.compile(
    r"[ep]_[0-9a-f]{32}(_free|_company|_internal)?(_pattern|_role|_test)?"
)

DIGITS = 32
"""Hexadecimal digits of a token's hash: 128 bits."""

VERSION = 1
"""Grows when other tokens are made of the same values."""

MOST_KEPT = 500_000
"""Values whose tokens are remembered, and forgotten all at once: some 100 MB."""

_BLOCK = 64
_NOBODY = frozenset({*PLACEHOLDERS, *TESTS})
_LOCALS = dict.fromkeys(TESTS, "test") | dict.fromkeys(ROLES, "role")


@dataclass(frozen=True)
class Rules:
    """What decides, beside the key, which token a value gets.

    `ignore` are patterns per type of identifier of values that link nobody.
    """

    kinds: tuple[Kind, ...]
    country_code: str | None = None
    test_domains: tuple[str, ...] = ()
    internal_domains: tuple[str, ...] = ()
    ignore: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def is_token(text: str) -> bool:
    """Return whether a text is a token, and nothing else."""
    return TOKEN.fullmatch(text) is not None


class Tokens:
    """The tokens that one key gives; `fingerprint` tells keys and rules apart."""

    def __init__(self, key: bytes, rules: Rules) -> None:
        if len(key) > _BLOCK:
            key = hashlib.sha256(key).digest()
        # HMAC (RFC 2104), begun once: the standard library's begins anew each time.
        self._inner = hashlib.sha256(
            bytes(one ^ 0x36 for one in key.ljust(_BLOCK, b"\0"))
        )
        self._outer = hashlib.sha256(
            bytes(one ^ 0x5C for one in key.ljust(_BLOCK, b"\0"))
        )
        self.rules = rules
        self._known: dict[str, dict[str, str]] = {}
        self._domains: dict[str, tuple[str, str | None]] = {}
        stated = json.dumps([VERSION, vars(rules)], sort_keys=True, default=list)
        self.fingerprint = self._hash(f"rules:{stated}")

    def of(self, kind: Kind, value: str, named: str | None = None) -> str:
        """Return the token of a value, or the value if it is one, or says nothing.

        Parameters
        ----------
        kind
            What the value is.
        value
            As it was written.
        named
            Type of the identifier, if it is another than the kind.
        """
        return self.of_all(kind, [value], named)[0]

    def of_all(
        self, kind: Kind, values: Sequence[str], named: str | None = None
    ) -> list[str]:
        """Return the tokens of many values, as `of` does of each."""
        named = named or kind
        known = self._known.setdefault(named, {})
        new = {value for value in values if value not in known}
        if len(known) + len(new) > MOST_KEPT:
            known.clear()
            new = set(values)
        for value in new:
            known[value] = self._made(kind, value, named)
        return [known[value] for value in values]

    def within(self, text: str, named: str | None = None) -> str:
        """Return a text with tokens for the addresses and numbers that it holds."""
        return replaced(
            text, self.rules.kinds, lambda kind, found: self.of(kind, found, named)
        )

    def _made(self, kind: Kind, value: str, named: str) -> str:
        normal = normal_email(value)
        if normal in _NOBODY or ("_" in value[:4] and is_token(value.strip())):
            return value
        if kind == "phone":
            normal = normal_phone(value, self.rules.country_code)
        local, at, domain = normal.partition("@")
        reason: str | None = None
        token = f"{kind[0]}_{self._hash(f'{kind}:{normal}')}"
        if at:
            known = self._domains.get(domain) or self._told_by(domain)
            token = f"{token}_{known[0]}"
            reason = _LOCALS.get(local) or known[1]
        if named in self.rules.ignore and self._is_ignored(value, named):
            reason = "pattern"
        return f"{token}_{reason}" if reason else token

    def _told_by(self, domain: str) -> tuple[str, str | None]:
        """Return whose a domain is, and why it links nobody."""
        whose = "free" if domain in FREE_MAIL else "company"
        if _is_below(domain, self.rules.internal_domains):
            whose = "internal"
        is_test = _is_below(domain, self.rules.test_domains)
        if len(self._domains) < MOST_KEPT:
            self._domains[domain] = (whose, "test" if is_test else None)
        return whose, "test" if is_test else None

    def _is_ignored(self, value: str, named: str) -> bool:
        lowered = value.strip().lower()
        return any(fnmatchcase(lowered, one) for one in self.rules.ignore[named])

    def _hash(self, text: str) -> str:
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(text.encode("utf-8", "surrogatepass"))
        outer.update(inner.digest())
        return outer.hexdigest()[:DIGITS]


def _is_below(domain: str, domains: tuple[str, ...]) -> bool:
    return any(domain == one or domain.endswith(f".{one}") for one in domains)
