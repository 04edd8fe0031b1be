"""Process trees that the inductive miner finds. The only module that imports pm4py.

pm4py is AGPL-3.0 and an optional extra. It sees transitions and variants, never events.
"""

import contextlib
import io
from collections import Counter
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from typing import Any

from journeymine.mining.alignments import Variant
from journeymine.mining.blocks import Block
from journeymine.mining.graphs import Graph, without_noise


def is_available() -> bool:
    """Whether pm4py, the extra `mining`, is installed."""
    return find_spec("pm4py") is not None


def mine_graph(graph: Graph, threshold: float) -> Block:
    """Return the process tree of a directly-follows graph without its noise.

    Leemans, Fahland, van der Aalst (2015), "Scalable process discovery".
    """
    # pm4py heeds its own threshold for logs only, not for graphs.
    kept = without_noise(graph, threshold)
    pm4py = _pm4py()
    dfg = pm4py.objects.dfg.obj.DFG(kept.arcs, kept.starts, kept.ends)
    return block_of(pm4py.discover_process_tree_inductive(dfg))


def mine_variants(variants: Mapping[Variant, int], threshold: float) -> Block:
    """Return the process tree of variants, each followed by so many journeys.

    Leemans, Fahland, van der Aalst (2013), "... containing infrequent behaviour".
    """
    _pm4py()
    from pm4py.algo.discovery.inductive.dtypes.im_ds import (  # noqa: PLC0415  an extra
        IMDataStructureUVCL,
    )
    from pm4py.algo.discovery.inductive.variants.imf import IMFUVCL  # noqa: PLC0415

    # Its documented call takes a Counter for a table, and fails (pm4py 2.7.23).
    log = IMDataStructureUVCL(Counter(variants))
    return block_of(IMFUVCL({}).apply(log, {"noise_threshold": threshold}))


def block_of(tree: Any) -> Block:  # noqa: ANN401  pm4py has no types
    """Return a process tree as blocks; what may come in any order, in order of text."""
    kind = tree.operator.name.lower() if tree.operator is not None else "task"
    parts = [block_of(child) for child in tree.children]
    if kind in ("xor", "parallel"):
        parts.sort(key=repr)
    return Block(kind, tree.label or "", tuple(parts))


@cache
def _pm4py() -> Any:  # noqa: ANN401  pm4py has no types
    # It takes two seconds to import, and prints a banner when it is.
    with contextlib.redirect_stdout(io.StringIO()):
        import pm4py  # noqa: PLC0415  slow, and an extra
        import pm4py.objects.dfg.obj  # noqa: PLC0415
        from pm4py.algo.discovery.inductive.base_case import (  # noqa: PLC0415
            single_activity,
        )
    # Its own takes the one activity from the starts. A part of a graph may have it
    # among its ends alone, and mining then fails (pm4py 2.7.23).
    single_activity.SingleActivityBaseCaseDFG.leaf = classmethod(_leaf)
    return pm4py


def _leaf(_case: type, part: Any, _parameters: object = None) -> Any:  # noqa: ANN401  pm4py has no types
    from pm4py.objects.process_tree.obj import ProcessTree  # noqa: PLC0415  an extra

    (activity,) = {*part.dfg.start_activities, *part.dfg.end_activities}
    return ProcessTree(label=activity)
