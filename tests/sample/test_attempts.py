"""The truth about the sample's attempts is true: ends, reasons, the incident."""

from collections import Counter
from datetime import timedelta

from tests.sample.reading import END, SAMPLE, table, truth_of

STEPS = ["product_viewed", "product_added", "checkout_started", "payment_info_entered"]


def test_every_attempt_has_one_end(calls):
    drops = Counter(row["customer"] for row in truth_of(SAMPLE, "drop_offs"))
    orders = Counter(
        call["customer"] for call in calls if call["activity"] == "order_completed"
    )
    for row in truth_of(SAMPLE, "customers"):
        customer = row["customer"]
        assert row["orders"] == orders[customer]
        ended = drops[customer] + row["orders"] + row["in_progress"]
        assert row["attempts"] == ended, row


def test_customers_in_progress_were_there_shortly_before_the_end(calls):
    last = {call["customer"]: call["at"] for call in calls}
    open_ends = [row for row in truth_of(SAMPLE, "customers") if row["in_progress"]]
    assert len(open_ends) >= 20
    assert all(END - last[row["customer"]] < timedelta(days=14) for row in open_ends)
    assert max(call["at"] for call in calls) < END


def test_each_persona_drops_off_at_its_own_step_for_its_own_reason():
    persona = {row["customer"]: row["persona"] for row in truth_of(SAMPLE, "personas")}
    drops = Counter(
        (persona[row["customer"]], row["step"], row["reason"])
        for row in truth_of(SAMPLE, "drop_offs")
        if row["reason"] not in ("just_looking", "payment_incident")
    )
    worst = {}
    for name in set(persona.values()):
        _, *where = max((key for key in drops if key[0] == name), key=drops.__getitem__)
        worst[name] = tuple(where)
    assert worst == {
        "mobile_browser": ("checkout_started", "delivery_cost"),
        "careful_comparer": ("product_viewed", "size_unsure"),
        "loyal_reorderer": ("payment_info_entered", "card_error"),
        "bargain_hunter": ("product_added", "coupon_failed"),
    }


def test_a_dropped_attempt_reached_its_step_and_ends_at_an_event(calls):
    moments = {(call["customer"], call["at"]) for call in calls}
    reached = {(call["customer"], call["activity"]) for call in calls}
    for drop in truth_of(SAMPLE, "drop_offs"):
        assert (drop["customer"], drop["dropped_at"]) in moments
        for step in STEPS[: STEPS.index(drop["step"]) + 1]:
            assert (drop["customer"], step) in reached


def test_payments_fail_on_mobile_in_the_incident(calls):
    [incident] = truth_of(SAMPLE, "incidents")
    tried: Counter[bool] = Counter()
    failed: Counter[bool] = Counter()
    for call in calls:
        if call["context"]["device"]["type"] != incident["device"]:
            continue
        hit = incident["started_at"] <= call["at"] < incident["ended_at"]
        tried[hit] += call["activity"] == "payment_info_entered"
        failed[hit] += call["activity"] == incident["activity"]
    assert failed[True] / tried[True] > 0.75
    assert failed[False] / tried[False] < 0.3


def test_surveys_are_answered_less_often_than_sent_and_scores_fit(files):
    rows = table(files, "survey")
    counts = Counter(row["activity"] for row in rows)
    for kind, most in (("nps", 10), ("csat", 5)):
        assert 0.1 < counts[f"{kind}_answered"] / counts[f"{kind}_sent"] < 0.7
        scores = [
            int(row["score"]) for row in rows if row["activity"] == f"{kind}_answered"
        ]
        assert min(scores) >= 0
        assert max(scores) <= most
    assert not any(row["score"] for row in rows if row["activity"].endswith("_sent"))
