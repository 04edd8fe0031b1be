"""One row per unit of a funnel, and its clocks, from all its chains."""

from collections.abc import Iterator, Sequence

from tests.core.funnel_brute_force import Chain, Key, Ruled
from tests.core.funnel_variants import (
    AS_OF,
    INACTIVITY,
    SESSION_GAP,
    Event,
    Unit,
    Variant,
)

from journeymine.warehouse import Row

Found = dict[Event, list[Chain]]


def expected(unit: Unit) -> list[Row]:
    """Return funnel, unit, attempt, entry, depths, optional steps, state and clocks."""
    rows: list[Row] = []
    for events, is_open in _parts(unit):
        ruled = Ruled(unit.variant, events, unit.variant.ties)
        for index, (entries, allowed) in enumerate(_attempts(ruled), start=1):
            row = _row(ruled, entries, allowed, is_open)
            if entries and row is not None:
                rows.append((f"f{unit.variant.number}", unit.name, index, *row))
    return rows


def _parts(unit: Unit) -> Iterator[tuple[list[Event], bool]]:
    """Yield the events of each customer, journey or session, and if it is open."""
    if unit.variant.unit == "customer":
        yield list(unit.events), True
        return
    gap = SESSION_GAP if unit.variant.unit == "session" else INACTIVITY
    part: list[Event] = []
    for event in unit.events:
        if part and event.minute - part[-1].minute > gap:
            yield part, part[-1].minute + gap > AS_OF
            part = []
        part.append(event)
    if part:
        yield part, part[-1].minute + gap > AS_OF


def _attempts(ruled: Ruled) -> Iterator[tuple[list[Event], list[Event]]]:
    """Yield the entries that count together, and the events that they may use."""
    variant = ruled.variant
    first = variant.steps[0].names
    if variant.mode == "unordered":
        first = "".join(step.names for step in variant.steps)
    entries = [
        event
        for event in ruled.events
        if event.is_customer
        and event.activity in first
        and (variant.start is None or variant.start <= event.minute)
        and (variant.until is None or event.minute < variant.until)
    ]
    events = list(ruled.events)
    if variant.entry == "any":
        yield entries, events
    elif variant.entry == "first":
        yield entries[:1], events
    else:
        closed: Key = ()
        for entry in entries:
            if closed and ruled.key(entry) <= closed:
                continue
            opened, closed = ruled.key(entry), _closing(ruled, entry)
            yield [entry], [one for one in events if opened <= ruled.key(one) <= closed]


def _closing(ruled: Ruled, entry: Event) -> Key:
    goal = len(ruled.variant.steps) - 1
    converted = _times({entry: ruled.ways(entry, ruled.events)}, goal, ruled)
    if converted:
        return ruled.key(converted[1])
    enders = ruled.enders(entry)
    if enders:
        return ruled.key(enders[0])
    end = entry.minute + ruled.variant.window
    return max(ruled.key(event) for event in ruled.events if event.minute <= end)


def _times(found: Found, step: int, ruled: Ruled) -> tuple[Event, Event] | None:
    """Return the latest entry that reaches a step, and the first event that does."""
    pairs = [
        (entry, chain[-1][1])
        for entry, chains in found.items()
        for chain in chains
        if chain[-1][0] == step
    ]
    if not pairs:
        return None
    latest = max(ruled.key(entry) for entry, _ in pairs)
    ends = [pair for pair in pairs if ruled.key(pair[0]) == latest]
    return min(ends, key=lambda pair: ruled.key(pair[1]))


def _came(
    ruled: Ruled, entries: Sequence[Event], allowed: Sequence[Event]
) -> tuple[int | None, int | None]:
    """Return the last required step, and the optional ones held, as bits."""
    found = {entry: ruled.ways(entry, allowed) for entry in entries}
    required = [
        step
        for step in ruled.variant.required
        if _times(found, step, ruled) is not None
    ]
    if not required:
        return None, None
    depth = max(required)
    latest = _times(found, depth, ruled)
    assert latest is not None
    ways = [
        [step for step, _ in chain if ruled.variant.steps[step].optional]
        for entry, chains in found.items()
        for chain in chains
        if ruled.key(entry) == ruled.key(latest[0])
        and depth in [step for step, _ in chain]
    ]
    if ruled.variant.mode == "unordered":
        return depth + 1, 0
    best = min(ways, key=lambda way: (-len(way), way))
    return depth + 1, sum(1 << step for step in best)


def _row(
    ruled: Ruled, entries: list[Event], allowed: list[Event], is_open: bool
) -> Row | None:
    variant = ruled.variant
    found = {entry: ruled.ways(entry, allowed) for entry in entries}
    goal = len(variant.steps) - 1
    for entry in entries:
        converts = any(chain[-1][0] == goal for chain in found[entry])
        if ruled.is_dropped_by(entry) and not converts:
            return None
    if not entries:
        return None
    main = _came(ruled, entries, allowed)
    mature = [one for one in entries if one.minute <= AS_OF - variant.window]
    came = [
        main,
        *(
            _came(Ruled(variant, ruled.events, ties), entries, allowed)
            for ties in ("strict", "interchangeable")
        ),
        _came(ruled, mature, allowed),
    ]
    state = _state(ruled, found, main[0], is_open)
    clocks = tuple(
        _clock(ruled, found, step, is_open) for step in variant.required if step > 0
    )
    return (
        min(one.minute for one in entries),
        *(depth for depth, _ in came),
        *(held for _, held in came),
        state,
        clocks,
    )


def _state(ruled: Ruled, found: Found, depth: int | None, is_open: bool) -> str:
    window = ruled.variant.window
    if depth == len(ruled.variant.steps):
        return "converted"
    attained = [
        entry
        for entry, chains in found.items()
        if any(chain[-1][0] + 1 == depth for chain in chains)
    ]
    if is_open and any(
        entry.minute + window > AS_OF and not ruled.enders(entry) for entry in found
    ):
        return "in_progress"
    return "excluded" if all(map(ruled.enders, attained)) else "dropped"


def _clock(ruled: Ruled, found: Found, step: int, is_open: bool) -> tuple[int, str]:
    variant: Variant = ruled.variant
    reached = _times(found, step, ruled)
    if reached:
        return reached[1].minute - reached[0].minute, "reached"
    last = max(found, key=ruled.key)
    ends = [(ender.minute, "excluded") for ender in ruled.enders(last)[:1]]
    ends += [
        (event.minute, "exited")
        for event in ruled.events
        if variant.exits
        and event.activity == "q"
        and ruled.key(event) > ruled.key(last)
        and event.minute <= last.minute + variant.window
    ]
    known = variant.window
    if is_open:
        known = min(known, AS_OF - last.minute)
    minute, cause = min(ends, default=(last.minute + known, "censored"))
    return minute - last.minute, cause
