"""Process trees: blocks within blocks, and the Petri net that does the same."""

from dataclasses import dataclass, field

from journeymine.mining.nets import Marking, Net, Transition

START, END = "start", "end"


@dataclass(frozen=True)
class Block:
    """A part of a process tree.

    Attributes
    ----------
    kind
        task, sequence, xor, parallel or loop.
    label
        Activity of a task; empty for a silent one.
    parts
        Parts of the other kinds. A loop does the first, and maybe one of the others and
        the first again.
    """

    kind: str
    label: str = ""
    parts: tuple["Block", ...] = ()


def net_of_block(tree: Block) -> tuple[Net, Marking, Marking]:
    """Return the Petri net that does what a tree does, with its markings."""
    plan = _Plan()
    plan.add(tree, START, END)
    net = Net((START, END, *plan.places), tuple(plan.transitions))
    return net, {START: 1}, {END: 1}


@dataclass
class _Plan:
    places: list[str] = field(default_factory=list)
    transitions: list[Transition] = field(default_factory=list)

    def place(self) -> str:
        self.places.append(f"p{len(self.places) + 1}")
        return self.places[-1]

    def transition(
        self, label: str, takes: tuple[str, ...], gives: tuple[str, ...]
    ) -> None:
        name = f"t{len(self.transitions) + 1}"
        self.transitions.append(Transition(name, label, takes, gives))

    def add(self, block: Block, before: str, after: str) -> None:
        """Let a block take a token from one place to another."""
        match block.kind:
            case "task":
                self.transition(block.label, (before,), (after,))
            case "xor":
                for part in block.parts:
                    self.add(part, before, after)
            case "sequence":
                for part in block.parts[:-1]:
                    between = self.place()
                    self.add(part, before, between)
                    before = between
                self.add(block.parts[-1], before, after)
            case "loop":
                self._add_loop(block, before, after)
            case _:
                self._add_parallel(block, before, after)

    def _add_loop(self, block: Block, before: str, after: str) -> None:
        # Places of its own: nobody else may go round in it.
        entered, done = self.place(), self.place()
        self.transition("", (before,), (entered,))
        self.add(block.parts[0], entered, done)
        for again in block.parts[1:]:
            self.add(again, done, entered)
        self.transition("", (done,), (after,))

    def _add_parallel(self, block: Block, before: str, after: str) -> None:
        ways = [(self.place(), self.place()) for _ in block.parts]
        self.transition("", (before,), tuple(entered for entered, _ in ways))
        for part, (entered, done) in zip(block.parts, ways, strict=True):
            self.add(part, entered, done)
        self.transition("", tuple(done for _, done in ways), (after,))
