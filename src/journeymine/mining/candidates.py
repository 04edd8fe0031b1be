"""The models that are tried for the journeys of a persona, each with its quality."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from journeymine.mining.alignments import Variant
from journeymine.mining.blocks import Block, net_of_block
from journeymine.mining.discovery import mine_graph, mine_variants
from journeymine.mining.graphs import Graph, most_frequent, net_of_graph
from journeymine.mining.heuristics import NEVER, heuristics_net
from journeymine.mining.nets import Marking, Net, NetError, state_space
from journeymine.mining.quality import Quality, quality_of

ON_TRANSITIONS = "inductive miner on transitions"
ON_VARIANTS = "inductive miner on variants"
HEURISTICS = "heuristics miner"
CHOICES = "heuristics miner without parallels"
FREQUENT = "most frequent transitions"

NOISE_THRESHOLDS = (0.2, 0.4, 0.6, 0.8)
DEPENDENCY = 0.5
COVERAGE = 0.8
"""Share of all transitions that the filtered directly-follows graph holds."""

MINED_VARIANTS = 100
"""So many variants, the most frequent, does the inductive miner see: its time grows
faster than their number."""

MOST_STATES = 1_000
SECONDS = 60.0

MarkedNet = tuple[Net, Marking, Marking]


@dataclass(frozen=True)
class Candidate:
    """A model: how it was found, as a net, as a tree if it is one, and how good it is.

    Without a quality, `failure` says why.
    """

    miner: str
    threshold: float
    net: MarkedNet | None
    tree: Block | None = None
    quality: Quality | None = None
    failure: str | None = None


def candidates(graph: Graph, variants: Mapping[Variant, int]) -> list[Candidate]:
    """Return every model that is tried, in a fixed order.

    Parameters
    ----------
    graph
        Transitions of all journeys.
    variants
        The most frequent variants, the first one most often, and their journeys.
    """
    known: dict[Block, Candidate] = {}
    found = []
    for miner, threshold, tree in _trees(graph, variants):
        if tree not in known:
            known[tree] = _judged("", 0.0, net_of_block(tree), variants)
        one = known[tree]
        found.append(
            Candidate(miner, threshold, one.net, tree, one.quality, one.failure)
        )
    net = net_of_graph(most_frequent(graph, COVERAGE))
    return [
        *found,
        *_heuristic(graph, variants),
        _judged(FREQUENT, COVERAGE, net, variants),
    ]


def chosen(found: list[Candidate]) -> Candidate | None:
    """Return the process tree with the best score, the first one of equals."""
    trees = [one for one in found if one.tree and one.quality]
    return max(trees, key=_score, default=None)


def _score(candidate: Candidate) -> float:
    return candidate.quality.score if candidate.quality else 0.0


def _trees(
    graph: Graph, variants: Mapping[Variant, int]
) -> Iterator[tuple[str, float, Block]]:
    top = dict(islice(variants.items(), MINED_VARIANTS))
    for threshold in NOISE_THRESHOLDS:
        yield ON_TRANSITIONS, threshold, mine_graph(graph, threshold)
    for threshold in NOISE_THRESHOLDS:
        yield ON_VARIANTS, threshold, mine_variants(top, threshold)


def _heuristic(graph: Graph, variants: Mapping[Variant, int]) -> Iterator[Candidate]:
    """Yield the heuristics net; if it cannot be judged, also one of choices only."""
    try:
        net = heuristics_net(graph, DEPENDENCY)
        one = _judged(HEURISTICS, DEPENDENCY, net, variants)
    except NetError as error:
        one = Candidate(HEURISTICS, DEPENDENCY, None, failure=_reason(error))
    yield one
    if one.failure:
        net = heuristics_net(graph, DEPENDENCY, NEVER)
        yield _judged(CHOICES, DEPENDENCY, net, variants)


def _judged(
    miner: str, threshold: float, net: MarkedNet, variants: Mapping[Variant, int]
) -> Candidate:
    try:
        quality = quality_of(state_space(*net, MOST_STATES), variants, SECONDS)
    except NetError as error:
        return Candidate(miner, threshold, net, failure=_reason(error))
    return Candidate(miner, threshold, net, quality=quality)


def _reason(error: NetError) -> str:
    """Return what is wrong, without where it is and what to do."""
    return str(error).partition(": ")[2].partition(";")[0]
