"""Lines of a block that are no good records."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from journeymine.ingest.lines import Lines
from journeymine.ingest.parts import Quarantined
from journeymine.ingest.window import Block


def quarantined(
    block: Block,
    lines: Lines,
    record_index: npt.NDArray[np.int64],
    bad: Mapping[int, str],
) -> tuple[Quarantined, ...]:
    """Return bad records, each a line, in their order.

    Parameters
    ----------
    record_index
        Of the record in each line.
    bad
        Line of the block, from 0 -> why it is bad.
    """
    return tuple(
        Quarantined(
            int(record_index[index]),
            block.offset + int(lines.starts[index]),
            block.line + 1 + index,
            bad[index],
            lines.raw(index),
        )
        for index in sorted(bad)
    )
