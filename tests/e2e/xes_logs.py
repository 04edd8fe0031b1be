"""Event logs in XES, drawn: a line per event."""

from pathlib import Path
from xml.sax.saxutils import quoteattr

KEYS = {
    "activity": "concept:name",
    "at": "time:timestamp",
    "lifecycle": "lifecycle:transition",
    "resource": "org:resource",
    "instance": "concept:instance",
}
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1.0"'
    ' xmlns="http://www.xes-standard.org/">\n'
)


def write_log(path: Path, drawing: str, further: str = "") -> None:
    """Write a log; `further` are the elements of attributes that all traces get."""
    header, *lines = (
        [cell.strip() for cell in line.split("|")]
        for line in drawing.strip().splitlines()
    )
    traces: dict[str, list[str]] = {}
    for cells in lines:
        told = dict(zip(header, cells, strict=True))
        event = "".join(
            _element(key, value) for key, value in told.items() if key != "case"
        )
        traces.setdefault(told["case"], []).append(f"<event>{event}</event>\n")
    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD)
        for case, events in traces.items():
            name = f'<string key="concept:name" value={quoteattr(case)}/>'
            file.write(f"<trace>{name}{further}\n{''.join(events)}</trace>\n")
        file.write("</log>\n")


def _element(name: str, value: str) -> str:
    if not value or value.startswith("<"):
        return value
    kind = "date" if name == "at" else "string"
    return f"<{kind} key={quoteattr(KEYS[name])} value={quoteattr(value)}/>"
