"""What mending a place takes: the project file says it, else the notes do."""

from pathlib import Path

from tests.core.bench import Bench

from journeymine.pain_points.settings import write_pain_points

NOTES = """
[notes.a1]
effort = "L"
transition = "pay -> error"
[notes.a2]
effort = "XS"
kind = "idea"
text = "Ask once more"
transition = "pay -> error"
[notes.a3]
effort = "S"
pain_point = "checkout.cart"
[notes.a4]
effort = "XS"
pain_point = "checkout.pay"
[notes.a5]
effort = "XS"
pain_point = "view"
status = "dropped"
"""


def test_the_project_file_is_asked_first_and_the_least_of_the_notes_then(
    bench: Bench, tmp_path: Path
) -> None:
    (tmp_path / "notes.toml").write_text(NOTES, encoding="utf-8")
    efforts = {"checkout.pay": 3.0, "order": 0.5}
    config = bench.context.config.model_copy(
        update={"folder": tmp_path, "efforts": efforts}
    )
    write_pain_points(bench.con, config)
    told = bench.con.execute("select anchor, effort from cfg_efforts order by all")
    assert told.fetchall() == [
        ("checkout.cart", 2.0),
        ("checkout.pay", 3.0),
        ("order", 0.5),
        ("pay > error", 1.0),
    ]
