"""A run says which customers are others than in the snapshot before."""

from pathlib import Path

from tests.e2e.running import Published, ran
from tests.e2e.tiny import EVENTS, PROJECT

CHANGES = (
    "select action, identifier, former_customer_id = $1, customer_id = $1"
    " from fct_identity_audit where reason = 'snapshot' order by audit_index"
)


def publish(folder: Path, further: str = "") -> Published:
    (folder / "events.csv").write_text(
        EVENTS.replace("user_id,", "user_id,phone,", 1)
        .replace("u1,", "u1,,")
        .replace("u2,", "u2,,")
        .replace("u3,", "u3,,")
        + further,
        encoding="utf-8",
    )
    project = folder / "journeymine.toml"
    text = PROJECT.replace(
        'user_id = "user_id"', 'user_id = "user_id", phone = "phone"'
    )
    project.write_text(text, encoding="utf-8")
    return ran(project, folder / "out")


def test_only_what_changed_since_the_snapshot_before_is_told(tmp_path: Path) -> None:
    first = publish(tmp_path)
    assert first.rows("select * from fct_identity_audit") == []
    ((former,),) = first.rows(
        "select customer_id from dim_identities where identifier = 'u2'"
    )
    same = publish(tmp_path)
    assert same.rows("select * from fct_identity_audit") == []
    joined = publish(
        tmp_path, "u1,7,2024-01-04T10:00:00Z,view\nu2,7,2024-01-04T10:01:00Z,view\n"
    )
    assert joined.rows(CHANGES, former) == [("merged_into", "u2", True, False)]
    again = publish(
        tmp_path, "u1,7,2024-01-04T10:00:00Z,view\nu2,7,2024-01-04T10:01:00Z,view\n"
    )
    assert again.rows(CHANGES, former) == []
