"""The truth about the sample's customers is true: identity, persona, churn."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score
from tests.sample.reading import (
    END,
    SAMPLE,
    TIME_COLUMNS,
    File,
    Row,
    owner_of_identifier,
    table,
    time_of,
    truth_of,
)

BERLIN = ZoneInfo("Europe/Berlin")
HORIZON = timedelta(days=45)
COMPANY = {"nps_sent", "csat_sent", "email_sent", "email_delivered"}


def links(files: dict[str, File], calls: list[Row]) -> Iterator[list[tuple[str, str]]]:
    for call in calls:
        found = [("anonymous_id", call["anonymousId"])]
        if call["userId"]:
            found.append(("user_id", call["userId"]))
        if "email" in call.get("traits", {}):
            found.append(("email", call["traits"]["email"]))
        yield found
    kinds = {"contact_id": "contact_id", "email": "email", "user_id": "user_id"}
    kinds["requester_email"] = "email"
    for name in TIME_COLUMNS:
        for row in table(files, name):
            yield [(kinds[key], row[key]) for key in kinds if key in row]


def test_linked_identifiers_are_exactly_the_customers(files, calls):
    group_of: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for linked in links(files, calls):
        merged = set(linked).union(*(group_of.get(one, set()) for one in linked))
        group_of.update(dict.fromkeys(merged, merged))
    owners = owner_of_identifier()
    assert set(group_of) == set(owners)
    customers = defaultdict(set)
    for identifier, customer in owners.items():
        customers[customer].add(identifier)
    assert all(group == customers[owners[one]] for one, group in group_of.items())


def test_some_customers_have_two_devices_and_some_are_never_known():
    customers = truth_of(SAMPLE, "customers")
    two = sum(row["devices"] == 2 for row in customers) / len(customers)
    unknown = sum(row["is_anonymous"] for row in customers) / len(customers)
    business = sum(row["is_business"] for row in customers) / len(customers)
    assert 0.2 < two < 0.3
    assert 0.15 < unknown < 0.25
    assert 0.02 < business < 0.04


def test_churners_are_those_who_ordered_and_fell_silent_for_good(files, calls):
    last = last_own_event(files, calls)
    churners = {
        row["customer"]: row["last_active_at"] for row in truth_of(SAMPLE, "churners")
    }
    for customer, at in churners.items():
        # Times in the tables are in whole seconds.
        assert abs(last[customer] - at) < timedelta(seconds=1)
    ordered = {
        row["customer"] for row in truth_of(SAMPLE, "customers") if row["orders"]
    }
    assert churners.keys() <= ordered
    silent = {one for one in ordered if last[one] + HORIZON <= END}
    assert len(silent) >= 100
    assert silent == {one for one, at in churners.items() if at + HORIZON <= END}


def last_own_event(files: dict[str, File], calls: list[Row]) -> dict[int, datetime]:
    owners = owner_of_identifier()
    # Saying who one is, is no activity.
    last = {call["customer"]: call["at"] for call in calls if call["activity"]}
    for row in [*table(files, "survey"), *table(files, "campaigns")]:
        if row.get("activity", row.get("event")) not in COMPANY:
            one = owners["email", row["email"]]
            last[one] = max(last[one], time_of(row["at"]))
    for row in table(files, "tickets"):
        if row["actor"] == "customer":
            one = owners["email", row["requester_email"]]
            last[one] = max(last[one], time_of(row["changed_at"]))
    for row in table(files, "reviews"):
        one = owners["user_id", row["user_id"]]
        last[one] = max(last[one], time_of(row["created_at"]).replace(tzinfo=BERLIN))
    return last


def test_simple_features_and_k_means_find_the_personas(calls):
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for call in calls:
        if call["activity"]:
            device = call["context"]["device"]["type"]
            medium = call["context"].get("campaign", {}).get("medium", "none")
            hour = f"hour {call['at'].hour // 4}"
            counts[call["customer"]].update([call["activity"], device, medium, hour])
    active = {one: found for one, found in counts.items() if found.total() >= 4 * 5}
    names = sorted({name for found in active.values() for name in found})
    matrix = np.array([[found[name] for name in names] for found in active.values()])
    shares = matrix / matrix.sum(axis=1, keepdims=True)
    shares = shares[:, (matrix > 0).mean(axis=0) > 0.02]
    scaled = (shares - shares.mean(axis=0)) / shares.std(axis=0)
    found = KMeans(4, n_init=5, random_state=0).fit_predict(scaled)
    persona = {row["customer"]: row["persona"] for row in truth_of(SAMPLE, "personas")}
    assert adjusted_rand_score([persona[one] for one in active], found) > 0.9
