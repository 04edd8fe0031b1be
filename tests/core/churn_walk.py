"""States of customers by a plain walk over random logs, one customer at a time."""

import random
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

DAY = timedelta(days=1)
MICROSECOND = timedelta(microseconds=1)
AS_OF = datetime(2024, 7, 1, tzinfo=UTC)
PROJECT = """
[journey]
goal = ["order"]
exits = { cancelled = ["cancel"] }
[churn]
horizon = "8 days"
risk = true
"""
STATES = """
int_churn_states
inner join int_customers
    on int_churn_states.customer_code = int_customers.customer_code
inner join (select distinct customer_id, identifiers from int_set_customers) as named
    on int_customers.customer_id = named.customer_id
"""
WHO = "split_part(identifiers, '=', 2)"
NAMES = ("view", "order", "cancel", "call", "mail")
Event = tuple[datetime, str]
Log = Mapping[str, list[Event]]


def random_log(seed: int, customers: int) -> dict[str, list[Event]]:
    """Return bursts and silences; some events at one instant, some at moments."""
    chance = random.Random(seed)
    log: dict[str, list[Event]] = {}
    for number in range(customers):
        at = AS_OF - chance.randint(1, 70) * DAY
        events: list[Event] = [(at, "view")]
        while at <= AS_OF and len(events) < 30:
            hours = chance.choice([0, 5, 24, 30, 72, 150, 192, 193, 300])
            at += timedelta(hours=hours)
            events.append((at, chance.choices(NAMES, [6, 1, 1, 1, 2])[0]))
        log[f"c{number}"] = [one for one in events if one[0] <= AS_OF]
    return log


def expected(log: Log) -> list[tuple[object, ...]]:
    """Look at each customer at each moment, on its own."""
    moments = [AS_OF, *(AS_OF - 8 * DAY - k * 2 * DAY for k in range(24))]
    return [
        (moment, who, None if moment == AS_OF else _is_lost(events, moment), *known)
        for who, events in log.items()
        for moment in moments
        if (known := _known([one for one in events if one[0] <= moment], moment))
    ]


def _is_lost(events: list[Event], moment: datetime) -> bool:
    own = [at for at, name in events if name != "mail"]
    last = max(at for at in own if at <= moment)
    return not any(moment < at <= last + 8 * DAY for at in own)


def _known(past: list[Event], moment: datetime) -> tuple[object, ...] | None:
    own = [at for at, name in past if name != "mail"]
    if not own or own[-1] + 8 * DAY <= moment:
        return None
    starts = [own[0]]
    starts += [
        at for at, before in zip(own[1:], own, strict=False) if at - before > 8 * DAY
    ]
    days = {(moment - at) // DAY for at in own}
    recent = [name for at, name in past if (moment - at) // DAY < 8]
    goals = [at for at, name in past if name == "order"]
    return (
        (moment - own[-1]) // MICROSECOND,
        (own[-1] - starts[-1]) // MICROSECOND,
        len({(moment - at) // DAY for at in own if at >= starts[-1]}),
        (moment - own[0]) // MICROSECOND,
        len(days),
        len([day for day in days if day < 8]),
        len([day for day in days if 8 <= day < 16]),
        len(goals),
        (moment - goals[-1]) // MICROSECOND if goals else None,
        recent.count("call"),
        recent.count("cancel"),
        recent.count("mail"),
        len(starts) - 1,
    )
