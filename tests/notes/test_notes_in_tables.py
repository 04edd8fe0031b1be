"""`fct_notes`: every note is there, and says whether its place is."""

from pathlib import Path

from tests.core.bench import Bench

from journeymine.notes import write_notes

NOTES = """
[notes.n1]
text = "Fees come late."
stage = "purchase"
[notes.n2]
owner = "Shop team"
stage = "gone"
[notes.n3]
text = "They compare."
transition = "cart -> payment"
persona = "p1"
[notes.n4]
text = "They don't any more."
transition = "payment -> cart"
[notes.n5]
text = "Ask ada@example.com"
effort = "S"
[notes.n6]
text = "Busy people"
persona = "p1"
[notes.n7]
text = "Nobody"
persona = "p9"
[notes.n8]
text = "Slow"
touchpoint = "cart (web)"
[notes.p1]
text = "Cards fail."
pain_point = "checkout.pay"
[notes.p2]
text = "They loop."
pain_point = "pay > error"
persona = "p2"
[notes.p3]
text = "Mended."
pain_point = "error"
"""


def test_a_note_without_a_place_is_lost_and_kept(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "notes.toml").write_text(NOTES, encoding="utf-8")
    config = bench.context.config.model_copy(update={"folder": tmp_path})
    write_notes(bench.con, config)
    bench.given(
        meta_stages="""
            stage_index | stage
            1           | purchase
        """,
        fct_stages="""
            persona | segment | segment_value | stage
            p1      | all     | all           | purchase
        """,
        dim_personas="""
            persona
            p1
        """,
        fct_touchpoints="""
            persona | segment | segment_value | touchpoint | stage_index | actor
            all     | all     | all           | cart (web) | 0           | customer
            p1      | device  | phone         | cart (app) | 0           | customer
        """,
        fct_transitions="""
            persona | segment | segment_value | from_activity | to_activity
            all     | all     | all           | cart          | payment
            p1      | all     | all           | cart          | payment
            p2      | device  | phone         | payment       | cart
        """,
        fct_pain_points="""
            kind       | funnel   | place       | persona
            step       | checkout | pay         | p1
            transition | $paths   | pay > error | p2
        """,
    )
    told = bench.result_of("fct_notes", "note_id", "place", "is_lost")
    assert told == [
        ("n1", "stage purchase", False),
        ("n2", "stage gone", True),
        ("n3", "persona p1, transition cart -> payment", False),
        ("n4", "transition payment -> cart", True),
        ("n5", "journey", False),
        ("n6", "persona p1", False),
        ("n7", "persona p9", True),
        ("n8", "touchpoint cart (web)", False),
        ("p1", "pain point checkout.pay", False),
        ("p2", "persona p2, pain point pay > error", False),
        ("p3", "pain point error", True),
    ]
    assert bench.result_of("fct_notes", "status", "effort", where="note_id = 'n5'") == [
        ("open", "S")
    ]
