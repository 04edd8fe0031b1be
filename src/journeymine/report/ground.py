"""What several sections of the report stand on, read once."""

from dataclasses import dataclass

from journeymine.report.facts import Facts, read_facts
from journeymine.report.funnels.funnel import Funnel, read_funnels
from journeymine.report.losses import Losses, read_losses
from journeymine.report.reader import Tables
from journeymine.report.trust.quality import Quality, read_quality


@dataclass(frozen=True)
class Ground:
    """The published tables, and what is told of them in more than one place.

    `losses` are ranked the same wherever one of them is named.
    """

    tables: Tables
    facts: Facts
    funnels: list[Funnel]
    losses: Losses
    quality: Quality

    @property
    def main(self) -> Funnel | None:
        """The funnel that comes first in the project file."""
        return self.funnels[0] if self.funnels else None


def read_ground(tables: Tables) -> Ground:
    """Return what the sections stand on."""
    facts = read_facts(tables)
    funnels = read_funnels(tables, facts)
    losses = read_losses(tables, facts, funnels[0] if funnels else None)
    return Ground(tables, facts, funnels, losses, read_quality(tables, facts))
