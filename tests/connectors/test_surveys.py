"""Surveys of SurveyMonkey, Google Forms and Typeform: who answered what, and when."""

from pathlib import Path

from tests.connectors.exports import attribute, events_of, landed, rejected_of
from tests.core.bench import Bench

ROW = ("at", "activity", "of", "is_customer")
SURVEYMONKEY = """\
Respondent ID,Collector ID,Start Date,End Date,IP Address,Email Address,First Name,Custom Data 1,"How likely are you
to recommend us, really?",What did you use?,,Anything else?
,,,,,,,,Response,Web,Phone,Open-Ended Response
11,5,01/31/2024 09:14:11 PM,01/31/2024 09:15:11 PM,1.2.3.4,Ann@Shop.example,Ann,u1,9,Web,,"Good, very
good"
12,5,02/01/2024 12:00:00 AM,,1.2.3.4,,,u2,,,,
13,5,02/01/2024 10:00:00 AM,31/01/2024 10:01:00,1.2.3.4,,,u2,3,,Phone,
"""  # noqa: E501


def test_surveymonkey_has_two_header_rows_and_the_accounts_clock(
    bench: Bench, tmp_path: Path
) -> None:
    likely = "How likely are you\\nto recommend us, really?"
    landed(
        bench,
        tmp_path,
        f'''
        [sources.survey]
        connector = "surveymonkey"
        path = "survey.csv"
        timezone = "America/New_York"
        prefix = "nps_"
        identifiers = {{ user_id = "Custom Data 1" }}
        attributes = ["{likely}", "What did you use? / Phone", "Anything else?"]
        ''',
        {"survey.csv": SURVEYMONKEY},
    )
    likely = likely.replace("\\n", "\n")
    further = (attribute(likely), attribute("Anything else?"))
    assert events_of(bench, *ROW, *further) == [
        (
            "2024-02-01 02:15:11.000",
            "nps_survey_answered",
            "email=ann@shop.example, user_id=u1",
            True,
            "9",
            "Good, very\ngood",
        ),
        (
            "2024-02-01 05:00:00.000",
            "nps_survey_started",
            "user_id=u2",
            True,
            None,
            None,
        ),
    ]
    assert rejected_of(bench) == [("survey", 3, "time not readable")]


FORMS = """\
Timestamp,Username,How was it?
2026/01/31 9:15:11 PM GMT+1,Ann@Shop.example,4
2026/01/31 12:15:11 AM GMT-3:30,bob@shop.example,5
2026/01/31 12:15:11 PM GMT,,5
2026-01-31 08:00:00,cy@shop.example,1
2026/01/31 9:15:11 PM GMT+1,Ann@Shop.example,4
"""


def test_google_forms_tells_the_offset_of_each_time(
    bench: Bench, tmp_path: Path
) -> None:
    landed(
        bench,
        tmp_path,
        """
        [sources.form]
        connector = "google_forms"
        path = "form.csv"
        timezone = "Europe/Berlin"
        attributes = ["How was it?"]
        """,
        {"form.csv": FORMS},
    )
    assert events_of(bench, "at", "activity", "of", attribute("How was it?")) == [
        ("2026-01-31 03:45:11.000", "survey_answered", "email=bob@shop.example", "5"),
        ("2026-01-31 07:00:00.000", "survey_answered", "email=cy@shop.example", "1"),
        ("2026-01-31 12:15:11.000", "survey_answered", None, "5"),
        ("2026-01-31 20:15:11.000", "survey_answered", "email=ann@shop.example", "4"),
    ]


TYPEFORM = """\
#,Rate us,Web,Phone,email,Start Date (UTC),Submit Date (UTC),Network ID
a1,5,Web,,Ann@Shop.example,2024-03-01 09:00:00,2024-03-01 09:02:00,xx
a2,,,,,2024-03-01 10:00:00,,yy
"""
TYPEFORM_API = """\
{"total_items": 2, "items": [
 {"token": "b1", "landed_at": "2024-03-02T09:00:00Z", "submitted_at": "2024-03-02T09:01:00Z",
  "hidden": {"user_id": "u7"}, "answers": [{"type": "number", "number": 4}]},
 {"token": "b2", "landed_at": "2024-03-02T10:00:00Z", "submitted_at": "0001-01-01T00:00:00Z",
  "hidden": {"email": "Ann@Shop.example"}, "answers": null}
]}
"""  # noqa: E501


def test_typeform_tells_who_began_and_who_submitted(
    bench: Bench, tmp_path: Path
) -> None:
    landed(
        bench,
        tmp_path,
        """
        [sources.form]
        connector = "typeform"
        path = "form.csv"
        attributes = ["Rate us"]
        [sources.api]
        connector = "typeform"
        path = "form.json"
        format = "json"
        attributes = ["answers.0.number"]
        """,
        {"form.csv": TYPEFORM, "form.json": TYPEFORM_API},
    )
    rated = f"coalesce({attribute('Rate us')}, {attribute('answers.0.number')})"
    assert events_of(bench, "at", "activity", "of", rated) == [
        ("2024-03-01 09:02:00.000", "survey_answered", "email=ann@shop.example", "5"),
        ("2024-03-01 10:00:00.000", "survey_started", None, None),
        ("2024-03-02 09:01:00.000", "survey_answered", "user_id=u7", "4"),
        ("2024-03-02 10:00:00.000", "survey_started", "email=ann@shop.example", None),
    ]
