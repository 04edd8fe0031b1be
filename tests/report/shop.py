"""A small shop whose journeys are told by a few rules; its tables come from them."""

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
from tests.report.derived import DERIVED
from tests.report.published import publish

START = datetime(2026, 1, 1, tzinfo=UTC)
STAGES = {
    "awareness": ["view_home", "products_searched"],
    "interest": ["product_list_viewed", "product_viewed", "size_guide_opened"],
    "intent": ["product_added", "coupon_entered"],
    "evaluation": ["cart_viewed", "delivery_info_viewed"],
    "purchase": ["checkout_started", "payment_failed", "order_completed"],
    "retention": ["ticket_opened", "nps_answered", "ticket_solved"],
}
STEPS = ["product_viewed", "product_added", "checkout_started", "order_completed"]
PERSONAS = {
    "p1": ("Careful comparers", 0.72, (0.75, 0.8, 0.85), "web", "desktop"),
    "p2": ("Mobile browsers", 0.85, (0.35, 0.6, 0.6), "social", "mobile"),
    "p3": ("Loyal re-orderers", 0.95, (0.9, 0.92, 0.95), "email", "mobile"),
    "p4": ("Deal seekers", 0.9, (0.7, 0.4, 0.9), "ads", "desktop"),
}
GOAL = "order_completed"
COMPANY = {"ticket_solved", "email_sent"}


def write_shop(path: Path, each: int = 90) -> Path:
    """Write the published file of a shop with so many customers per persona."""
    chance = random.Random(7)
    events = [
        event
        for persona in PERSONAS
        for number in range(each)
        for event in _journey(persona, number, chance)
    ]
    publish(path, {"meta_run": _run(), "fct_events": events, **_frame()})
    with duckdb.connect(str(path)) as con:
        con.execute("set timezone = 'UTC'")
        for query in DERIVED:
            con.execute(query)
    return path


def _run() -> list[dict[str, object]]:
    return [
        {"name": "project_name", "value": "Nordholm shop"},
        {"name": "timezone", "value": "Europe/Berlin"},
        {"name": "currency", "value": "EUR"},
        {"name": "as_of", "value": "2026-06-30T21:40:00+00:00"},
        {"name": "as_of_is_assumed", "value": "true"},
    ]


def _frame() -> dict[str, list[dict[str, object]]]:
    homes = [(name, stage) for stage, names in STAGES.items() for name in names]
    order = list(STAGES)
    return {
        "meta_stages": [
            {"stage_index": i, "stage": s} for i, s in enumerate(STAGES, 1)
        ],
        "meta_funnels": [
            {
                "funnel": "order",
                "funnel_index": 1,
                "step_index": i,
                "step": s,
                "activities": [s],
            }
            for i, s in enumerate(STEPS, 1)
        ],
        "dim_activities": [
            {
                "activity": name,
                "stage": stage,
                "stage_index": order.index(stage) + 1 if stage else None,
                "actor": "company" if name in COMPANY else "customer",
                "channel": "web",
                "is_goal": name == GOAL,
                "is_exit": False,
            }
            for name, stage in [*homes, ("email_sent", None)]
        ],
        "dim_personas": [
            {
                "persona": key,
                "persona_name": name,
                "has_structure": True,
                "silhouette": 0.41,
                "profile": f"First seen on {channel}, mostly on a {device}.",
                "traits": [
                    {
                        "feature": "sessions",
                        "value": 3.4,
                        "overall": 2.1,
                        "difference": 1.3,
                    },
                    {
                        "feature": "share_of_mobile",
                        "value": 0.86,
                        "overall": 0.5,
                        "difference": 0.36,
                    },
                ],
            }
            for key, (name, _, _, channel, device) in PERSONAS.items()
        ],
        "meta_loads": [
            {
                "source": source,
                "file": f"{source}/{month}.gz",
                "sha256": f"{source}{month}",
                "lines": 900 + 7 * month,
                "header": 1,
                "blank": 0,
                "accepted": 880 + 7 * month,
                "duplicate": 12,
                "conflicting": 2 if source == "web" else 0,
                "quarantined": 7,
                "bytes": 120_000,
            }
            for source in ("crm", "feedback", "support", "web")
            for month in (1, 2)
        ],
        "meta_watermarks": [
            {
                "source": source,
                "complete_until": None,
                "is_assumed": True,
                "last_at": START + timedelta(days=180, minutes=minute),
                "silent_since": START + timedelta(days=160, minutes=minute),
                "usual_silence_seconds": 3 * 86_400,
                "is_stopped": source == "crm",
            }
            for minute, source in enumerate(("crm", "feedback", "support", "web"))
        ],
        "meta_quarantine": [
            {
                "source": "web",
                "file": "web/1.gz",
                "line": 40 + i,
                "byte_offset": i,
                "reason": reason,
            }
            for i, reason in enumerate(["not JSON"] * 9 + ["no timestamp"] * 5)
        ],
        "meta_times": [
            {"source": "crm", "time_flag": "day", "events": 1400, "unordered": 1},
            {"source": "support", "time_flag": "overlap", "events": 2, "unordered": 0},
        ],
        "meta_conflicts": [
            {"source": "web", "event_id": f"web:{number}", "kind": kind}
            for number in range(1, 4)
            for kind in ("winner", "conflict")
        ],
        "meta_balances": [
            {"source": "web", "rule": rule, "events": count}
            for rule, count in (
                ("accepted", 1731),
                ("in_journeys", 1700),
                ("no_identifier", 31),
            )
        ],
    }


def _journey(
    persona: str, number: int, chance: random.Random
) -> list[dict[str, object]]:
    """One customer's journey, event by event."""
    channel, customer = PERSONAS[persona][3], f"{persona}-{number:03d}"
    at = START + timedelta(days=chance.uniform(0, 178))
    told = []
    for index, name in enumerate(_path(persona, chance), 1):
        at += timedelta(seconds=round(chance.lognormvariate(4, 1.6)))
        told.append(
            {
                "event_id": f"{customer}-{index:02d}",
                "customer_id": customer,
                "journey_id": f"j-{customer}",
                "session_id": f"s-{customer}",
                "event_index": index,
                "occurred_at": at,
                "activity": name,
                "channel": "email" if name == "email_sent" else channel,
                "stage": next(
                    (s for s, group in STAGES.items() if name in group), None
                ),
                "actor": "company" if name in COMPANY else "customer",
                "source_system": "web",
                "amount": 59.9 if name == GOAL else None,
                "is_aftermath": name in {"ticket_opened", *COMPANY},
            }
        )
    return told


def _path(persona: str, chance: random.Random) -> list[str]:
    """What one customer does, in order."""
    starts, goes_on = PERSONAS[persona][1:3]
    names = ["view_home"] + ["products_searched"] * (chance.random() < 0.4)
    if chance.random() < starts:
        names += ["product_list_viewed"] * chance.choice([0, 1, 1, 2])
        names.append("product_viewed")
        if chance.random() < 0.3:
            names += ["size_guide_opened", "product_viewed"]
        for step, share in zip(STEPS[1:], goes_on, strict=True):
            if chance.random() > share:
                break
            names += [step, *(["cart_viewed"] if step == "product_added" else [])]
            if step == "checkout_started" and chance.random() < 0.2:
                names += ["payment_failed", "checkout_started"]
    if chance.random() < 0.1:
        names += ["ticket_opened", "ticket_solved"]
    return [*names, "email_sent"]
