"""Headers of several rows, and files without one."""

import pytest

from journeymine.errors import SourceError
from journeymine.ingest import land_source, mend_records, raw_records, read_landed

SURVEY = (
    b'Respondent ID,"How likely, 0-10?","Which of\nthese?",,,Why?,\n'
    b',Response,Phone,E-mail,"Other ""X""",Open-Ended Response,\n'
    b"7,9,Phone,,,Fast,\n"
)
JOINED = {"header_rows": 2, "header_names": "joined"}
WHOLE = 'Which of\nthese? / Other "X"'


def test_two_rows_of_a_header_are_joined(land):
    landed = land({"a.csv": SURVEY}, **JOINED)
    assert landed.columns == (
        "Respondent ID",
        "How likely, 0-10?",
        "Which of\nthese? / Phone",
        "Which of\nthese? / E-mail",
        WHOLE,
        "Why?",
    )
    assert landed.rows == [("7", "9", "Phone", "", "", "Fast")]


def test_all_rows_of_a_header_are_header_in_the_balance(land):
    load = land({"a.csv": b"\n" + SURVEY + b"\n"}, **JOINED).load
    assert (load.lines, load.header, load.blank, load.records) == (6, 3, 2, 1)


def test_names_that_two_columns_would_have_get_numbers(land):
    text = b"Q,q,,Q (2),x\n,,Response,,\n1,2,3,4,5\n"
    landed = land({"a.csv": text}, **JOINED)
    assert landed.columns == ("Q", "q (2)", "q (3)", "Q (2) (2)", "x")


def test_a_choice_without_a_question_names_its_column_alone(land):
    assert land({"a.csv": b",Q\nid,\n1,2\n"}, **JOINED).columns == ("id", "Q")


def test_the_first_of_three_rows_names_the_columns(land):
    text = (
        b'StartDate,Q1\nStart Date,"How was it,\nand why?"\n'
        b'"{""ImportId"":""startDate""}","{""ImportId"":""QID1""}"\n2024-01-01,5\n'
    )
    landed = land({"a.csv": text}, header_rows=3)
    assert landed.columns == ("StartDate", "Q1")
    assert landed.rows == [("2024-01-01", "5")]
    assert (landed.load.header, landed.load.lines) == (4, 5)


def test_one_name_for_two_columns_is_refused_where_names_are_not_joined(land):
    landed = land({"a.csv": b"a,a\nx,y\n1,2\n"}, header_rows=2)
    assert [row[3] for row in landed.bad] == ["header: two columns are named 'a'"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"a,b\nc\n1,2\n", "header: its rows are not of one width"),
        (b'a,b\nc,"d\n1,2\n', "header: unterminated quote"),
        (b"a,b\nc,\xff\n1,2\n", "header: not valid UTF-8"),
        (b",b\n,c\n1,2\n", "header: column 1 has no name"),
    ],
)
def test_a_header_that_is_broken_in_any_row_is_refused(land, text, reason):
    landed = land({"a.csv": text}, **JOINED)
    assert landed.load.refused == reason
    assert [row[3] for row in landed.bad] == [reason]


@pytest.mark.parametrize("text", [b"", b"a,b\n", b"a,b", b"a,b\nc,d"])
def test_a_text_that_ends_in_its_header_has_no_records(land, text):
    load = land({"a.csv": text}, **JOINED).load
    assert (load.records, load.header) == (0, text.count(b","))
    assert not load.refused


def test_a_header_may_be_cut_by_blocks(land, monkeypatch):
    whole = land({"a.csv": SURVEY}, **JOINED).columns
    for size in range(5, 150, 7):
        monkeypatch.setattr("journeymine.ingest.window.BLOCK", size)
        text = SURVEY + b"\n" * size  # another content, so that it is framed again
        assert land({"a.csv": text}, mode="replace", **JOINED).columns == whole


def test_the_project_names_the_columns_of_a_file_without_a_header(land):
    text = b"\xef\xbb\xbf1\ta\n\n2\tb\tc\n3\n4\td"
    landed = land({"a.tsv": text}, format="tsv", header=["id", "note"])
    assert landed.columns == ("id", "note")
    assert landed.rows == [("1", "a"), ("4", "d")]
    assert [(line, why) for _, _, line, why, _ in landed.bad] == [
        (3, "too many fields"),
        (4, "too few fields"),
    ]
    assert (landed.load.header, landed.load.blank, landed.load.lines) == (0, 1, 5)


def test_quotes_may_be_characters_like_others(land):
    rows = b'1\t"a\n2\t{"b": "c"}\r\n3\t""\n4\tx"y"\n'
    how = {"format": "tsv", "header": ["id", "note"], "quote": False}
    notes = ['"a', '{"b": "c"}', '""', 'x"y"']
    landed = land({"a.tsv": rows}, **how)
    assert [note for _, note in landed.rows] == notes
    # A CR that ends no line is data, and makes no record another one.
    landed = land({"a.tsv": rows + b"5\tz\rz\r"}, mode="replace", **how)
    assert [note for _, note in landed.rows] == [*notes, "z\rz\r"]


def test_a_header_may_hold_quotes_that_are_no_quotes(land):
    landed = land({"a.tsv": b'\nid\t"note\n1\tx\n'}, format="tsv", quote=False)
    assert (landed.columns, landed.rows) == (("id", '"note'), [("1", "x")])


@pytest.mark.parametrize(
    ("text", "how", "mended"),
    [
        (b"a,b\nc,d\n1\n2,3\n", JOINED, b"1,4\n"),
        (b"1\n2,3\n", {"header": ["a,b", "c\nd"]}, b'1,"4"\n'),
        (b'1\n2,"3\n', {"header": ["a", "b"], "quote": False}, b'1,"4\n'),
    ],
)
def test_a_mended_record_is_read_as_its_file_was(project, text, how, mended):
    config = project({"a.csv": text}, **how)
    land_source(config, "shop")
    landing = config.output / "landing"
    (content,) = read_landed(landing, "shop")
    with pytest.raises(SourceError, match="too many fields"):
        mend_records(landing, "shop", {content.sha256: {1: b"1,2,3"}})
    mend_records(landing, "shop", {content.sha256: {1: mended}})
    (content,) = read_landed(landing, "shop")
    assert (content.mended, raw_records(content, [1])) == (1, {1: mended})


def test_files_are_framed_again_when_their_layout_is_said_anew(land):
    text = {"a.csv": b'a,b\nc,d\n1,"2"\n'}
    assert len(land(text).rows) == 2
    assert land(text, header_rows=2).rows == [("1", "2")]
    assert land(text, header=["x", "y"], quote=False).rows[-1] == ("1", '"2"')
    (load,) = land(text, header=["x", "y"], quote=False).loads
    assert not load.is_new
