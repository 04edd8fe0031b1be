"""What a process tree can do after some activities, found from its text alone.

The derivative of a tree by an activity is what is left to do after it (Brzozowski
1964). No net, no state, no code of the product.
"""

from collections.abc import Iterable

from journeymine.mining.blocks import Block

NOTHING = Block("task")


def choices(tree: Block, word: Iterable[str], activities: Iterable[str]) -> set[str]:
    """Return what may come after a word; `` is the end."""
    left = {tree}
    for name in word:
        left = {rest for one in left for rest in derived(one, name)}
    found = {name for name in activities if any(derived(one, name) for one in left)}
    return found | ({""} if any(map(can_be_nothing, left)) else set())


def derived(block: Block, name: str) -> set[Block]:
    first, rest = (block.parts or (NOTHING,))[0], block.parts[1:]
    match block.kind:
        case "task":
            return {NOTHING} if block.label == name else set()
        case "xor":
            return {left for part in block.parts for left in derived(part, name)}
        case "sequence":
            found = {_then(left, *rest) for left in derived(first, name)}
            if rest and can_be_nothing(first):
                found |= derived(_then(*rest), name)
            return found
        case "loop":
            again = Block("xor", parts=(NOTHING, *(_then(one, block) for one in rest)))
            found = {_then(left, again) for left in derived(first, name)}
            if can_be_nothing(first):
                found |= {
                    _then(left, block) for one in rest for left in derived(one, name)
                }
            return found
        case _:
            return {
                Block(
                    "parallel",
                    parts=(*block.parts[:place], left, *block.parts[place + 1 :]),
                )
                for place, part in enumerate(block.parts)
                for left in derived(part, name)
            }


def can_be_nothing(block: Block) -> bool:
    match block.kind:
        case "task":
            return not block.label
        case "xor":
            return any(map(can_be_nothing, block.parts))
        case "loop":
            return can_be_nothing(block.parts[0])
        case _:
            return all(map(can_be_nothing, block.parts))


def _then(*parts: Block) -> Block:
    return Block("sequence", parts=parts)
