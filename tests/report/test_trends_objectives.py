"""Objectives, and what went wrong beside them, in the section on trends."""

from datetime import date
from pathlib import Path

from tests.report.trending import (
    CHURN,
    EVERYONE,
    MONTHS,
    NPS,
    filled,
    month,
    panel,
    plain,
)


def test_objectives_stand_first_with_their_target(tmp_path: Path) -> None:
    aim = {
        "objective": "stay",
        "target": 0.15,
        "target_by": date(2024, 12, 31),
        "owner": "Ada",
    }
    kpis = [month(CHURN, one, 0.2, **aim) for one in MONTHS]
    kpis[3] |= {
        "status": "at_risk",
        "projection": 0.18,
        "projection_low": 0.1,
        "projection_high": 0.26,
    }
    unseen = month(NPS, "all", None, period_kind="all", n=0, is_final=False)
    unseen |= {**aim, "objective": "liked", "target": 30.0, "status": "no_data"}
    content = filled(tmp_path, {"fct_kpis": [*kpis, unseen]})
    listed = content["objectives"]
    assert isinstance(listed, list)
    liked, stay = listed
    assert (stay.standing, stay.target, stay.by) == (
        "At risk",
        "15.0%",
        "31 December 2024",
    )
    assert (stay.projection, plain(stay.expected)) == ("18.0%", "10.0-26.0%")
    assert (stay.owner, stay.period, stay.value) == ("Ada", "April 2024", "20.0%")
    assert (liked.standing, plain(liked.value), liked.period) == (
        "Too few whole periods to tell",
        "-",
        "All times",
    )
    assert content["lead"] == (
        "0 of 1 objectives are met or on track; of 1 it cannot be told yet."
    )
    aimed = content["aimed"]
    assert isinstance(aimed, list)
    (figure,) = aimed
    assert figure.caption.endswith("Dotted: target 15.0%.")
    assert [one.name for one in panel(content).rest] == []


def test_without_an_objective_it_is_said_how_to_set_one(tmp_path: Path) -> None:
    kpis = [month(CHURN, one, 0.2) for one in MONTHS]
    assert "[objectives.NAME]" in str(filled(tmp_path, {"fct_kpis": kpis})["lead"])


def drift(
    changed: date, before: float, after: float, **more: object
) -> dict[str, object]:
    return {
        **EVERYONE,
        "scope": "transition",
        "from_activity": "paying",
        "to_activity": "payment_failed",
        "changed_on": changed,
        "earliest_on": changed,
        "latest_on": changed,
        "rate_before": before,
        "rate_after": after,
        **more,
    }


def test_an_incident_lasts_from_one_change_of_its_transition_to_the_next(
    tmp_path: Path,
) -> None:
    phone = {"segment": "device", "segment_value": "mobile"}
    end = {"earliest_on": date(2024, 2, 25), "latest_on": date(2024, 3, 2)}
    pain = {
        "rank": 1,
        "kind": "transition",
        "place": "paying > payment_failed",
        "persona": "all",
        **phone,
        "period": "2024-02-01",
        "is_significant": True,
    }
    rows: dict[str, list[dict[str, object]]] = {
        "fct_kpis": [month(CHURN, one, 0.2) for one in MONTHS],
        "fct_pain_points": [
            pain,
            {**pain, "rank": 2},
            {**pain, "rank": 3, "is_significant": False, "period": "2024-01-01"},
        ],
        "fct_drift": [
            drift(date(2024, 2, 5), 0.9, 0.1),
            drift(date(2024, 2, 9), 0.1, 0.5),
            drift(date(2024, 2, 8), 0.1, 0.8, **phone),
            drift(date(2024, 2, 28), 0.5, 0.1, **end),
            drift(date(2024, 3, 1), 0.8, 0.1, **phone),
            drift(date(2024, 2, 9), 0.1, 0.5, to_activity="order_completed"),
        ],
    }
    incidents = filled(tmp_path, rows)["incidents"]
    assert isinstance(incidents, list)
    (incident,) = incidents
    assert (incident.since, incident.until) == (date(2024, 2, 9), date(2024, 2, 28))
    assert plain(incident.told) == (
        "Soft band: from 9 February 2024 to 28 February 2024, “Payment failed” followed"
        " “Paying” in 50.0% of cases, before in 10.0% (All customers). Its end lies"
        " between 25 February 2024 and 2 March 2024."
    )
