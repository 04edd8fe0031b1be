"""CSV and TSV: what is a record, what is bad, and why."""

import pytest

from journeymine.ingest.parts import Load


def test_records_keep_every_character_of_their_fields(land):
    landed = land({"a.csv": b'id,note\n1,5" screen\n"2"," a ""b"", c "\n3,\n"",x\n'})
    assert landed.columns == ("id", "note")
    assert landed.rows == [
        ("1", '5" screen'),  # a quote inside a field is data
        ("2", ' a "b", c '),
        ("3", ""),
        ("", "x"),
    ]


def test_columns_may_have_the_names_of_our_own(land):
    landed = land({"a.csv": b"line,offset,bytes,payload\na,b,c,d\n"})
    assert landed.rows == [("a", "b", "c", "d")]


def test_a_quoted_field_may_hold_line_ends(land):
    landed = land({"a.csv": b'id,note\r\n1,"two\r\nlines\n\n"\r\n2,x\r\n'})
    assert landed.rows == [("1", "two\r\nlines\n\n"), ("2", "x")]
    assert (landed.load.lines, landed.load.records) == (6, 2)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_review_of_several_lines_is_one_record_in_utf_16(land, encoding):
    text = 'App,"Review\r\nText"\r\nshop,"so ""gut"",\r\n😀 \u2028\u0a0d"\r\nx,é\r\n'
    landed = land({"a.csv": text.encode(encoding)}, encoding="utf-16")
    assert landed.columns == ("App", "Review\r\nText")
    assert landed.rows == [("shop", 'so "gut",\r\n😀 \u2028\u0a0d'), ("x", "é")]
    assert (landed.load.lines, landed.load.header, landed.load.blank) == (5, 2, 0)
    cut = text.encode(encoding)[:-3]  # in the middle of a character
    landed = land({"a.csv": cut}, encoding="utf-16", mode="replace")
    assert [why for _, _, _, why, _ in landed.bad] == ["not valid UTF-8"]


def test_a_header_may_hold_line_ends(land):
    landed = land({"a.csv": b'id,"the\nnote"\n1,x\n'})
    assert landed.columns == ("id", "the\nnote")
    assert (landed.load.header, landed.load.lines) == (2, 3)


def test_bad_records_are_kept_with_place_and_reason(land):
    text = b"""\
id,note
1,a
2

3,a,b
4,"x"y
5,\0
6,\xff
7,b
8,"open
9,c
"""
    landed = land({"a.csv": text})
    assert landed.rows == [("1", "a"), ("7", "b"), ("9", "c")]
    assert landed.indexes == [1, 7, 9]
    assert landed.bad == [
        (2, 12, 3, "too few fields", b"2\n"),
        (3, 15, 5, "too many fields", b"3,a,b\n"),
        (4, 21, 6, "text after a closing quote", b'4,"x"y\n'),
        (5, 28, 7, "NUL byte", b"5,\0\n"),
        (6, 32, 8, "not valid UTF-8", b"6,\xff\n"),
        (8, 40, 10, "unterminated quote", b'8,"open\n'),
    ]
    load = landed.load
    assert (load.lines, load.header, load.blank) == (11, 1, 1)
    assert (load.records, load.quarantined, load.bytes) == (9, 6, len(text))


def test_a_record_joins_at_most_64_lines(land):
    note = b"\n" * 63
    landed = land({"a.csv": b'id,note\n1,"%b"\n2,"%b\n"\n3,x\n' % (note, note)})
    assert landed.rows == [("1", note.decode()), ("3", "x")]
    reasons = [reason for _, _, _, reason, _ in landed.bad]
    assert reasons == ["unterminated quote"] * 2  # of `2,"`, and what closed it
    assert landed.load.blank == 63


def test_one_open_quote_spoils_one_line_however_long_the_file(land):
    rows = b"".join(b"%d,x\n" % index for index in range(30_000))
    landed = land({"a.csv": b'id,note\n1,"open\n' + rows})
    assert len(landed.rows) == 30_000
    assert len(landed.bad) == 1


def test_lines_that_end_a_broken_field_are_part_of_its_record(land):
    text = b"""\
id,note
1,"she said "hi" and
then
left",x
2,y
"""
    landed = land({"a.csv": text})
    assert landed.rows == [("2", "y")]
    raw = b'1,"she said "hi" and\nthen\nleft",x\n'
    assert landed.bad == [(1, 8, 2, "text after a closing quote", raw)]
    assert (landed.load.lines, landed.load.records) == (5, 2)


@pytest.mark.parametrize(
    "line",
    [
        b'"2",b',  # a quote that begins a field
        b'2,5" screen',  # a quote that ends none
        b"2,b",  # no quote at all
    ],
)
def test_lines_that_may_be_records_are_not_part_of_a_broken_one(land, line):
    landed = land({"a.csv": b'id,note\n1,"open\n' + line + b"\n3,c\n"})
    assert [row[0] for row in landed.rows] == ["2", "3"]
    assert [raw for *_, raw in landed.bad] == [b'1,"open\n']


@pytest.mark.parametrize("quote", [b"", b'"'])
def test_a_record_longer_than_8_mib_is_bad(land, quote):
    longest = b"x" * ((8 << 20) - len(b"1,\n") - 2 * len(quote))
    rows = [
        b"%d,%b%b%b\n" % (index, quote, note, quote)
        for index, note in [(1, longest), (2, longest + b"x"), (3, b"y")]
    ]
    landed = land({"a.csv": b"id,note\n" + b"".join(rows)})
    assert landed.rows == [("1", longest.decode()), ("3", "y")]
    (bad,) = landed.bad
    assert bad[3:] == ("record longer than 8 MiB", rows[1])


def test_a_header_longer_than_8_mib_refuses_the_file(land):
    landed = land({"a.csv": b"id," + b"x" * (8 << 20) + b"\n1,2\n"})
    assert landed.load.refused == "header: record longer than 8 MiB"


def test_a_single_carriage_return_is_data(land):
    landed = land({"a.csv": b"id,note\n1,a\rb\n2,c\r"})
    assert landed.rows == [("1", "a\rb"), ("2", "c\r")]


def test_a_mark_inside_the_text_is_data(land):
    mark = b"\xef\xbb\xbf"
    landed = land({"a.csv": mark + b"id,note\n" + mark + b"1,a\n"})
    assert landed.columns == ("id", "note")
    assert landed.rows == [("\ufeff1", "a")]
    assert landed.load.bytes == 18


def test_a_repeated_header_is_a_record(land):
    assert land({"a.csv": b"id,note\nid,note\n"}).rows == [("id", "note")]


def test_tabs_separate_tsv(land):
    landed = land({"a.tsv": b'id\tnote\n1\t"a\tb"\n2\tc,d\n'}, format="tsv")
    assert landed.rows == [("1", "a\tb"), ("2", "c,d")]


def test_columns_without_a_name_at_the_end_must_be_empty(land):
    landed = land({"a.csv": b"id,note,,\n1,a,,\n2,b,,x\n3,c\n"})
    assert landed.columns == ("id", "note")
    assert landed.rows == [("1", "a")]
    reasons = [reason for _, _, _, reason, _ in landed.bad]
    assert reasons == ["value in a column without a name", "too few fields"]


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        (b"id,note,id", "header: two columns are named 'id'"),
        (b"id,ID", "header: two columns are named 'ID'"),
        (b"id,,note", "header: column 2 has no name"),
        (b",,", "header: no column has a name"),
        (
            b"id,record_index",
            "header: a column is named 'record_index', which is reserved",
        ),
        (b'id,"note', "header: unterminated quote"),
        (b"id,\xff", "header: not valid UTF-8"),
    ],
)
def test_a_file_with_a_wrong_header_is_refused_whole(land, header, reason):
    landed = land({"a.csv": header + b"\n1,2,3\n\n4,5,6\n"})
    assert landed.rows == []
    assert landed.load == Load(
        file="a.csv",
        sha256=landed.load.sha256,
        bytes=len(header) + 14,
        lines=4,
        header=1,
        blank=1,
        records=2,
        quarantined=2,
        is_new=True,
        refused=reason,
    )
    assert {reason for _, _, _, reason, _ in landed.bad} == {reason}


@pytest.mark.parametrize(
    ("text", "lines", "columns"),
    [(b"", 0, ()), (b"\n\n", 2, ()), (b"id,note", 1, ("id", "note"))],
)
def test_a_file_without_records_is_landed_empty(land, text, lines, columns):
    landed = land({"a.csv": text})
    assert (landed.load.lines, landed.load.records) == (lines, 0)
    assert (landed.columns, landed.rows) == (columns, [])
