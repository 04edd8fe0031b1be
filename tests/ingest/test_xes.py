"""XES: every event is a record, with the attributes of its trace."""

import gzip

import pytest

from journeymine.errors import SourceError
from journeymine.ingest import xes

LOG = b"""<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1.0"%b>
  <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/"/>
  <global scope="event"><string key="concept:name" value="none"/></global>
  <classifier name="Activity" keys="concept:name"/>
  <string key="origin" value="test"/>
  <trace>
    <string key="concept:name" value="c1"/>
    <event>
      <string key="concept:name" value="Pay &amp; go"/>
      <string key="lifecycle:transition" value="start"/>
      <date key="time:timestamp" value="2024-03-01T10:00:00.000+01:00"/>
    </event>
    <event>
      <string key="concept:name" value="Pay &amp; go"/>
      <string key="lifecycle:transition" value="complete"/>
      <date key="time:timestamp" value="2024-03-01T10:05:00.000+01:00"/>
      <float key="cost" value="1.50"><string key="currency" value="EUR"/></float>
      <boolean key="late" value="false"/>
    </event>
  </trace>
  <trace><string key="concept:name" value="c2"/></trace>
  <trace>
    <event>
      <int key="Cost" value="2"/>
      <list key="items"><values>
        <string key="item" value="a"/><string key="item" value="b"/>
      </values></list>
    </event>
    <string key="concept:name" value="c3"/>
  </trace>
</log>
"""
ROWS = [
    {
        "@trace": "1",
        "@position": "1",
        "@kinds": '{"time:timestamp": "date"}',
        "case:concept:name": "c1",
        "concept:name": "Pay & go",
        "lifecycle:transition": "start",
        "time:timestamp": "2024-03-01T10:00:00.000+01:00",
    },
    {
        "@trace": "1",
        "@position": "2",
        "@kinds": '{"time:timestamp": "date", "cost": "float", "late": "boolean"}',
        "case:concept:name": "c1",
        "concept:name": "Pay & go",
        "lifecycle:transition": "complete",
        "time:timestamp": "2024-03-01T10:05:00.000+01:00",
        "cost": "1.50",
        "cost/currency": "EUR",
        "late": "false",
    },
    {
        "@trace": "3",
        "@position": "1",
        "@kinds": '{"Cost (2)": "int", "items": "list"}',
        "case:concept:name": "c3",
        "Cost (2)": "2",
        "items": '[{"item": "a"}, {"item": "b"}]',
    },
]


@pytest.mark.parametrize("space", [b"", b' xmlns="http://www.xes-standard.org/"'])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
@pytest.mark.parametrize("rows_at_once", [1, 1000])
def test_events_are_records(land, monkeypatch, space, pack, rows_at_once):
    monkeypatch.setattr(xes, "ROWS", rows_at_once)
    landed = land({"a.xes": pack(LOG % space)}, format="xes")
    assert list(landed.columns) == list(
        dict.fromkeys(key for row in ROWS for key in row)
    )
    named = [dict(zip(landed.columns, row, strict=True)) for row in landed.rows]
    filled = [{key: text for key, text in row.items() if text} for row in named]
    assert filled == ROWS
    assert landed.indexes == [1, 2, 3]
    load = landed.load
    assert (load.lines, load.header, load.blank, load.records) == (3, 0, 0, 3)
    assert load.bytes == len(LOG % space)


def test_the_declared_encoding_is_read(land):
    text = """<?xml version="1.0" encoding="ISO-8859-1"?>
        <log><trace><event><string key="at" value="\xe9"/></event></trace></log>"""
    landed = land({"a.xes": text.encode("latin-1")}, format="xes")
    assert landed.rows == [("1", "1", None, "\xe9")]


def test_an_event_outside_of_a_trace_has_no_position(land):
    text = b'<log><event><string key="at" value="1"/></event></log>'
    assert land({"a.xes": text}, format="xes").rows == [(None, None, None, "1")]


def test_an_event_with_an_attribute_twice_is_quarantined(land):
    twice = b'<string key="at" value="1"/><string key="at" value="2"/>'
    text = b"<log><trace>\n<event>%b</event></trace></log>" % twice
    landed = land({"a.xes": text}, format="xes")
    assert (landed.rows, landed.load.records, landed.load.quarantined) == ([], 1, 1)
    index, offset, line, reason, raw = landed.bad[0]
    assert (index, offset, line) == (1, 13, 2)
    assert reason == "an attribute stands twice in the event"
    assert raw.endswith(b'["at", "1"], ["at", "2"]]')


ENTITY = b'<!DOCTYPE log [<!ENTITY a "aaaa">]><log/>'


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (LOG[:-8].replace(b"%b", b""), "line 31: broken XML \\(no element found\\)"),
        (b"<log>\n<trace></log>", "line 2: broken XML \\(mismatched tag\\)"),
        (b"", "line 1: broken XML"),
        (b"<html></html>", "line 1: is no XES log, its root is <html>"),
        (ENTITY, "line 1: declares entities; remove the DOCTYPE"),
    ],
)
def test_broken_xml_is_one_line(land, text, problem):
    with pytest.raises(SourceError, match=rf"^sources.shop: a.xes: {problem}[^\n]*$"):
        land({"a.xes": text}, format="xes")
