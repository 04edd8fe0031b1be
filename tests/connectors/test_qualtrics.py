"""Surveys of Qualtrics, as exported by hand and as a loader fetches them."""

from collections import Counter
from pathlib import Path

from tests.connectors.exports import (
    attribute,
    events_of,
    landed,
    people_of,
    rejected_of,
)
from tests.connectors.layouts import (
    activities_of,
    layout,
    rows_of,
    tables_of,
    unbalanced,
)
from tests.core.bench import Bench

ROW = ("at", "activity", "of", "is_customer")
QUALTRICS = """\
StartDate,EndDate,Status,IPAddress,Progress,Finished,RecordedDate,ResponseId,RecipientEmail,ExternalReference,DistributionChannel,Q1,Q2
Start Date,End Date,Response Type,IP Address,Progress,Finished,Recorded Date,Response ID,Recipient Email,External Data Reference,Distribution Channel,"How likely, all in all?","Why?
Say more."
"{""ImportId"":""startDate"",""timeZone"":""UTC""}","{""ImportId"":""endDate""}","{""ImportId"":""status""}",x,x,x,x,x,x,x,x,"{""ImportId"":""QID1""}",x
2024-04-01 09:00:00,2024-04-01 09:05:00,IP Address,1.2.3.4,100,True,2024-04-01 09:05:01,R_1,Ann@Shop.example,u1,email,10,Fine
2024-04-01 10:00:00,2024-04-01 10:05:00,IP Address,1.2.3.4,40,False,2024-04-08 10:05:01,R_2,,u2,anonymous,,
2024-04-01 11:00:00,2024-04-01 11:05:00,Survey Preview,1.2.3.4,100,True,2024-04-01 11:05:01,R_3,,,preview,1,
"""  # noqa: E501
RESPONSES = """\
id,survey_id,recipient_email,status,finished,distribution_channel,start_date,recorded_date,last_modified_date
R_4,S,Cy@Shop.example,0,1,email,2024-04-02 09:00:00,2024-04-02 09:05:00,2024-04-02 09:05:00
R_5,S,,1,1,preview,2024-04-02 10:00:00,2024-04-02 10:05:00,2024-04-02 10:05:00
"""  # noqa: E501
ANSWERS = """\
response_id,question_id,sub_question_key,question_option_key,value,text
R_4,QID1,,,7,
R_4,QID2,1,a,1,
R_4,QID2,1,b,2,
R_4,QID3,,,,Slow
"""
SENT = """\
contact_id,distribution_id,response_id,sent_at,opened_at
C1,D1,R_4,2024-04-01 08:00:00,2024-04-01 20:00:00
C2,D1,,2024-04-01 08:00:00,
"""
CONTACTS = "id,email,phone,ext_ref\nC1,cy@shop.example,,u4\nC2,di@shop.example,+491,\n"


def test_qualtrics_as_exported_and_as_fetched(bench: Bench, tmp_path: Path) -> None:
    landed(
        bench,
        tmp_path,
        """
        [sources.survey]
        connector = "qualtrics"
        table = "export"
        path = "survey.csv"
        timezone = "America/Denver"
        attributes = ["Q1"]
        [sources.api]
        connector = "qualtrics"
        [sources.api.tables]
        responses = "responses.csv"
        answers = "answers.csv"
        sent = "sent.csv"
        contacts = "contacts.csv"
        """,
        {
            "survey.csv": QUALTRICS,
            "responses.csv": RESPONSES,
            "answers.csv": ANSWERS,
            "sent.csv": SENT,
            "contacts.csv": CONTACTS,
        },
    )
    answer = f"concat_ws('|', {attribute('Q1')}, {attribute('QID1')})"
    assert events_of(bench, *ROW, answer) == [
        ("2024-04-01 08:00:00.000", "survey_sent", "qualtrics_contact=C1", False, ""),
        ("2024-04-01 08:00:00.000", "survey_sent", "qualtrics_contact=C2", False, ""),
        (
            "2024-04-01 15:05:01.000",
            "survey_answered",
            "email=ann@shop.example, user_id=u1",
            True,
            "10",
        ),
        ("2024-04-01 16:00:00.000", "survey_started", "user_id=u2", True, ""),
        ("2024-04-01 20:00:00.000", "survey_opened", "qualtrics_contact=C1", True, ""),
        (
            "2024-04-02 09:05:00.000",
            "survey_answered",
            "email=cy@shop.example",
            True,
            "7",
        ),
    ]
    assert bench.result_of(
        "int_events",
        attribute("QID2_1"),
        attribute("QID3"),
        where="source_system = 'feedback' and event_id like '%R_4'",
    ) == [("1; 2", "Slow")]
    assert {"email=cy@shop.example", "qualtrics_contact=C1", "user_id=u4"} in people_of(
        bench
    )
    assert rejected_of(bench) == []


def test_a_loaders_tables_are_read_whole(bench: Bench, tmp_path: Path) -> None:
    tables = {
        "responses": "survey_response.csv",
        "answers": "question_response.csv",
        "sent": "distribution_contact.csv",
        "contacts": "directory_contact.csv",
    }
    files = layout("qualtrics", *tables.values())
    section = '[sources.api]\nconnector = "qualtrics"\n[sources.api.tables]\n'
    landed(bench, tmp_path, section + tables_of(tables), files)
    rows = rows_of(files["survey_response.csv"])
    previews = [row for row in rows if int(row["status"] or 0) & 11]
    answered = [row for row in rows if row["finished"] in ("1", "true")]
    sent = rows_of(files["distribution_contact.csv"])
    expected = Counter(
        {
            "survey_answered": len(answered),
            "survey_started": len(rows) - len(answered) - len(previews),
            "survey_sent": sum(bool(row["sent_at"]) for row in sent),
            "survey_opened": sum(bool(row["opened_at"]) for row in sent),
        }
    )
    assert activities_of(bench) == +expected
    assert rejected_of(bench) == []
    assert unbalanced(bench) == []
