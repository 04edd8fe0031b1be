"""Two columns of one type: a CRM says that it joined two contacts."""

from tests.e2e.running import ran

PROJECT = """
[project]
name = "Shop"
[sources.web]
format = "csv"
path = "web.csv"
columns = { occurred_at = "at", activity = "event" }
identifiers = { contact_id = "contact" }
[sources.merges]
system = "crm"
format = "csv"
path = "merges.csv"
columns = { occurred_at = "merged_at" }
constants = { activity = "contacts_merged", actor = "company" }
identifiers = { contact_id = ["winner", "loser"] }
"""


def test_merged_contacts_are_one_customer_and_the_audit_says_since_when(tmp_path):
    (tmp_path / "journeymine.toml").write_text(PROJECT, encoding="utf-8")
    (tmp_path / "web.csv").write_text(
        "at,event,contact\n2024-05-01 09:00,view,1\n2024-05-02 09:00,order,2\n"
        "2024-05-02 09:00,view,3\n",
        encoding="utf-8",
    )
    (tmp_path / "merges.csv").write_text(
        "merged_at,winner,loser\n2024-05-03 09:00,2,1\n", encoding="utf-8"
    )
    published = ran(tmp_path / "journeymine.toml", tmp_path / "output")
    assert published.rows("select count(distinct customer_id) from fct_events") == [
        (2,)
    ]
    assert published.rows(
        "select action, reason, identifier, other_identifier, source,"
        " first_at::date::text from fct_identity_audit"
    ) == [("merge", "merge", "1", "2", "merges", "2024-05-03")]
