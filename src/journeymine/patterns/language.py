"""The path language: what a pattern such as `cart -> !checkout* -> support` says.

- pattern: sequences, with `|` between
- sequence: items, with `->` or `...` between; beside `^` and `$` they may be left out
- item: one, then nothing, `*`, `+`, `?`, `{2}`, `{2,}` or `{2,5}`
- one: a test, `!` and a test, a pattern in brackets, `^`, `$`
- test: `.`, a name, a name `@` a channel, `@` a channel, tests in brackets with `|`
"""

import re

from journeymine.patterns.tokens import NAME, PatternError, Token, tokens
from journeymine.patterns.tree import (
    GAP,
    AnyOf,
    Choice,
    Edge,
    Named,
    Not,
    Pattern,
    Repeat,
    Sequence,
    Test,
)

MOST_STEPS = 1000
"""How many steps a pattern may ask for by name and number."""


def parse(text: str) -> Pattern:
    """Return what a pattern says.

    Raises
    ------
    PatternError
        With the position from 1, what is wrong there, and what to do.
    """
    parser = _Parser(text)
    pattern = parser.choice()
    parser.expect_end()
    if _steps(pattern) > MOST_STEPS:
        what = f"the pattern asks for more than {MOST_STEPS} steps"
        raise PatternError(1, what, "use `*` or `+`, or lower numbers")
    return pattern


def written(name: str) -> str:
    """Return a name as a pattern holds it: in quotation marks where it needs them."""
    if re.fullmatch(NAME, name):
        return name
    return '"' + name.replace('"', '""') + '"'


class _Parser:
    def __init__(self, text: str) -> None:
        self.tokens = tokens(text)
        self.place = 0

    @property
    def next(self) -> Token:
        return self.tokens[self.place]

    def take(self, *signs: str) -> Token | None:
        """Step over the next token if it is one of these."""
        token = self.next
        if token.kind not in signs:
            return None
        self.place += 1
        return token

    def expect_end(self) -> None:
        if self.next.kind != "end":
            self.next.refuse("put `->` or `...` between two steps")

    def choice(self) -> Pattern:
        options = [self.sequence()]
        while self.take("|"):
            options.append(self.sequence())
        if len(options) == 1:
            return options[0]
        tests = tuple(one for one in options if isinstance(one, Test))
        return AnyOf(tests) if len(tests) == len(options) else Choice(tuple(options))

    def sequence(self) -> Pattern:
        parts = [self.item()]
        while self.next.kind not in ("|", ")", "end"):
            if self.take("..."):
                parts.append(GAP)
            elif not self.take("->") and not self._is_beside_edge(parts[-1]):
                self.next.refuse("put `->` or `...` between two steps")
            parts.append(self.item())
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def _is_beside_edge(self, before: Pattern) -> bool:
        return before == Edge("^") or self.next.kind == "$"

    def item(self) -> Pattern:
        part = self.one()
        counted = self.take("*", "+", "?", "{}")
        if counted is None:
            return part
        if isinstance(part, Edge):
            counted.refuse(f"`{part.sign}` is there or not; leave it out")
        return Repeat(part, *_bounds(counted))

    def one(self) -> Pattern:
        if edge := self.take("^", "$"):
            return Edge(edge.kind)
        if sign := self.take("!"):
            inner = self.one()
            if not isinstance(inner, Test):
                what = "`!` can refuse one step, not a sequence"
                raise PatternError(sign.at, what, "write `!` before each single step")
            return Not(inner)
        if self.take("("):
            inner = self.choice()
            if not self.take(")"):
                self.next.refuse("close the bracket with `)`")
            return inner
        return self.named()

    def named(self) -> Pattern:
        token = self.take(".", "name", "@")
        if token is None:
            self.next.refuse("write an activity, `.` for any, or a bracket")
        if token.kind == "@":
            return Named(None, self.channel(), token.at)
        activity = token.text if token.kind == "name" else None
        return Named(activity, self.channel() if self.take("@") else None, token.at)

    def channel(self) -> str:
        token = self.take("name")
        if token is None:
            self.next.refuse("write the channel after `@`")
        return token.text


def _bounds(token: Token) -> tuple[int, int | None]:
    if token.kind != "{}":
        return {"*": (0, None), "+": (1, None), "?": (0, 1)}[token.kind]
    least, comma, most = re.sub(r"[{}\s]", "", token.text).partition(",")
    bounds = (int(least), int(most) if most else None if comma else int(least))
    if bounds[1] is not None and not 0 < bounds[1] >= bounds[0]:
        token.refuse("write the lower number first, and no zero last")
    return bounds


def _steps(pattern: Pattern) -> int:
    match pattern:
        case Repeat(part, least, most):
            return max(1, least, most or 0) * _steps(part)
        case Sequence(parts) | Choice(parts):
            return sum(map(_steps, parts))
    return 1
