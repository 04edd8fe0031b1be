"""Which connections of a process map are shown at which coverage."""

from collections.abc import Collection, Mapping

Arc = tuple[str, str]
Volumes = Mapping[Arc, int]

LEVELS = (50, 70, 80, 90, 95, 100)
"""Per cent of all steps that the connections shown carry together."""

START, END = "\x00start", "\x00end"
"""Where journeys come from and go to: names that no activity has."""


def levels_of(
    volumes: Volumes, always: Collection[Arc] = (), whole: int | None = None
) -> dict[Arc, int]:
    """Return the least level at which each arc is shown.

    At a level stand those of `always` and, of the others, the fewest with which that
    share of the `whole` is carried (default: of these volumes); of equal ones the
    first by name.
    """
    whole = sum(volumes.values()) if whole is None else whole
    carried = sum(volumes[arc] for arc in always)
    levels = dict.fromkeys(always, LEVELS[0])
    others = [arc for arc in volumes if arc not in levels]
    for arc in sorted(others, key=lambda arc: (-volumes[arc], arc)):
        reached = [level for level in LEVELS if 100 * carried >= level * whole]
        levels[arc] = LEVELS[min(len(reached), len(LEVELS) - 1)]
        carried += volumes[arc]
    return levels


def backbone(volumes: Volumes) -> set[Arc]:
    """Return one way from the start to every activity that one leads to.

    Each time the strongest arc that leads on, so that the weakest arc of each way is
    as strong as any way allows.
    """
    reached, ways = {START}, set[Arc]()
    while beyond := [a for a in volumes if a[0] in reached and a[1] not in reached]:
        arc = min(beyond, key=lambda arc: (-volumes[arc], arc))
        ways.add(arc)
        reached.add(arc[1])
    return ways
