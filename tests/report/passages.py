"""The texts of a page that a reader sees, outside of tables, drawings and queries."""

from dataclasses import dataclass
from html.parser import HTMLParser

PASSAGES = {"h1", "h2", "h3", "h4", "p", "li", "figcaption", "dt", "dd", "blockquote"}
PASSAGES |= {"group"}
WHOLES = {"li", "figcaption", "group"}  # what stands in one is one passage
SILENT = {"table", "pre", "svg", "script", "style", "select", "nav", "button"}
VOID = {"br", "hr", "img", "input", "meta", "link", "col", "wbr"}


@dataclass(frozen=True)
class Passage:
    """A text of the page, in a section; `panel` is whom its panel tells of."""

    section: str
    panel: str
    text: str


class Passages(HTMLParser):
    """The passages of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Passage] = []
        self.open: list[tuple[str, bool]] = []
        self.panels: list[str] = []
        self.section, self.text, self.last = "", "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        values = dict(attrs)
        self.section = (values.get("id") or "") if tag == "section" else self.section
        # A term stands with its figures: `dl > div` is one passage.
        tag = "group" if tag == "div" and self.open[-1:] == [("dl", False)] else tag
        if not any(name in WHOLES for name, _ in self.open):
            self.flush(tag, next((one for one in reversed(self.panels) if one), ""))
        is_silent = tag in SILENT or "how" in (values.get("class") or "").split()
        self.open.append((tag, is_silent))
        self.panels.append(values.get("data-panel") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag not in {name.replace("group", "div") for name, _ in self.open}:
            return
        shut, panel = "", next((one for one in reversed(self.panels) if one), "")
        while self.open and shut.replace("group", "div") != tag:
            shut, _ = self.open.pop()
            self.panels.pop()
        self.text += " " if shut in PASSAGES | {"div", "span"} else ""
        if not any(name in WHOLES for name, _ in self.open):
            self.flush(shut, panel)

    def handle_data(self, data: str) -> None:
        if not any(silent for _, silent in self.open):
            self.text += data.replace("\N{WORD JOINER}", "")

    def flush(self, tag: str, panel: str) -> None:
        """End a passage, where an element begins or ends one."""
        if tag not in PASSAGES:
            return
        told = " ".join(self.text.replace("\N{NO-BREAK SPACE}", " ").split())
        if told:
            if tag == "p" and self.last == "h2":  # a title stands with its lead
                told = f"{self.found.pop().text} {told}"
            self.found.append(Passage(self.section, panel, told))
            self.last = tag
        self.text = ""


def passages(page: str) -> list[Passage]:
    """Return every passage of a page once, in order."""
    reader = Passages()
    reader.feed(page)
    # Definitions tell rules, and no figures of the project.
    return [one for one in dict.fromkeys(reader.found) if one.section != "method"]
