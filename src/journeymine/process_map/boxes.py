"""How large a node is: a box grows with the lines of its name."""

from functools import cache

from journeymine.process_map.graph import Node

BOX = (140.0, 42.0)
SMALL = 34.0  # gateways and circles
LINE = 15.0
MOST_LINES = 3
ROOM = 121.0  # for a line of the name in a box
WIDE, THIN = "MWmw@%", "IJfijlrt.,:;'()[]|!- "
Size = tuple[float, float]


def size_of(node: Node) -> Size:
    """Return width and height of a node in pixels."""
    if node.kind in {"start", "end", "exclusive", "parallel"}:
        return SMALL, SMALL
    figures = node.weight is not None or bool(node.note)
    lines = len(name_lines(node.label or node.name))
    return BOX[0], BOX[1] + LINE * max(0, lines - (1 if figures else 2))


@cache
def name_lines(name: str) -> tuple[str, ...]:
    """Return a name as the lines that its box holds; what is over becomes `…`."""
    lines = [""]
    for word in name.split():
        longer = f"{lines[-1]} {word}".strip()
        if width_of(longer) <= ROOM:
            lines[-1] = longer
        else:
            lines += _pieces(word)
    lines = [line for line in lines if line] or [name]
    if len(lines) <= MOST_LINES:
        return tuple(lines)
    last = _ended(lines[MOST_LINES - 1], ROOM)
    return (*lines[: MOST_LINES - 1], last)


def fitted(words: str, room: float) -> str:
    """Return words as far as they fit into so many pixels."""
    return words if width_of(words) <= room else _ended(words, room)


def width_of(words: str) -> float:
    """Return a careful guess of the width of words, 12 px bold, in pixels."""
    return sum(map(_width, words))


def _ended(words: str, room: float) -> str:
    """Return the beginning of words that fits, and `…`."""
    while words and width_of(f"{words}…") > room:
        words = words[:-1]
    return f"{words.rstrip()}…"


def _pieces(word: str) -> list[str]:
    """Break a word that no line holds."""
    pieces = [""]
    for letter in word:
        if width_of(pieces[-1] + letter) > ROOM:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _width(letter: str) -> float:
    if letter in THIN:
        return 4.0
    if letter in WIDE or ord(letter) > 0x2E7F:
        return 11.5
    return 8.4 if letter.isupper() else 6.6
