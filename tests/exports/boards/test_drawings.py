"""Boards of draw.io, Lucid and Miro are read back as what the map says."""

import json
import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser

import pytest
from tests.exports.boards.conftest import TABLES, WRITERS, packed
from tests.exports.boards.drawn_map import ground_of

from journeymine.errors import OutputError
from journeymine.exports import lucid
from journeymine.exports.xml_pen import clean

ID = re.compile(r"[A-Za-z0-9\-_.~]{1,36}")
LEFT = "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}"


def test_the_same_map_gives_the_same_bytes(folder):
    for name in WRITERS:
        assert (folder / name).read_bytes() == (folder / "again" / name).read_bytes()


def test_boxes_of_a_board_lie_apart_inside_it(boards):
    for board in boards:
        cells = [one for one in board.boxes if one.kind not in ("dot", "step")]
        assert len({one.key for one in board.boxes}) == len(board.boxes)
        for place, one in enumerate(cells):
            assert one.x + one.wide <= max(board.wide, cells[0].wide)
            assert one.y + one.high <= board.high
            for other in cells[place + 1 :]:
                is_beside = one.x + one.wide <= other.x or other.x + other.wide <= one.x
                is_above = one.y + one.high <= other.y or other.y + other.high <= one.y
                assert is_beside or is_above, (one, other)


def test_draw_io_reads_every_box_and_link(parsed, boards):
    for read, board in zip(parsed[0]["drawio"], boards, strict=True):
        boxes = {one["id"]: (one["text"], one["size"]) for one in read if one["size"]}
        links = {
            one["id"]: (one["text"], one["source"], one["target"])
            for one in read
            if not one["size"]
        }
        assert boxes == {
            one.key: (clean(one.text), [one.wide, one.high]) for one in board.boxes
        }
        assert links == {
            one.key: (one.text, one.source, one.target) for one in board.links
        }
        assert len(links) == 3


def test_labels_of_a_drawing_are_never_read_as_html(folder):
    cells = list(ET.parse(folder / "drawio").iter("mxCell"))
    styles = [one.get("style", "") for one in cells if one.get("style")]
    assert all("html=0;" in style for style in styles)
    assert len(styles) > 100


def test_lucid_finds_every_id_and_no_tag(folder, boards):
    (document,) = packed(folder / "lucid").values()
    assert set(document) == {"version", "pages"}
    for page, board in zip(document["pages"], boards, strict=True):
        keys = [one["id"] for one in (*page["shapes"], *page["lines"])]
        assert len(set(keys)) == len(keys)
        assert all(ID.fullmatch(key) for key in keys)
        shapes = {one["id"] for one in page["shapes"]}
        for line in page["lines"]:
            assert line["lineType"] in ("straight", "elbow", "curved")
            assert {line["endpoint1"]["shapeId"], line["endpoint2"]["shapeId"]} < shapes
        assert [one["text"].replace(LEFT, "<") for one in page["shapes"]] == [
            one.text.replace(LEFT, "<") for one in board.boxes
        ]
        assert not re.search(r"<[A-Za-z/!?]", json.dumps(page))
        for one in page["shapes"]:
            assert one["type"] in ("rectangle", "text", "circle")
            assert set(one["boundingBox"]) == {"x", "y", "w", "h"}


def test_miro_knows_every_attribute_and_takes_each_batch(folder, parsed):
    batches = packed(folder / "miro")
    assert parsed[0]["miro"] == [*batches.values()]
    assert all(0 < len(batch) <= 20 for batch in batches.values())
    assert [*batches] == sorted(batches)


def test_miro_shows_names_as_text(folder, boards):
    items = [one for batch in packed(folder / "miro").values() for one in batch]
    texts = [box.text for board in boards for box in board.boxes]
    for item, text in zip(items, texts, strict=True):
        reader = _Paragraphs()
        reader.feed(item["data"]["content"])
        assert reader.tags == {"p"}
        assert "\n".join(reader.texts) == clean(text)


class _Paragraphs(HTMLParser):
    """Texts of paragraphs, and which tags there are."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.texts.append("")
        assert not attrs

    def handle_data(self, data: str) -> None:
        self.texts[-1] += data


def test_a_map_that_lucid_would_refuse_is_one_line(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(lucid, "LONGEST", 1_000)
    with (
        ground_of(folder / TABLES) as ground,
        pytest.raises(OutputError, match="longer than Lucid takes; export drawio"),
    ):
        lucid.write_lucid(ground, tmp_path / "map.lucid")
    assert not list(tmp_path.iterdir())
