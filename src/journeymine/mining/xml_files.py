"""XML files with the same bytes for the same content."""

import re
from pathlib import Path
from xml.etree.ElementTree import Element, ElementTree, indent

# A name of an activity may hold what XML 1.0 has no way to say.
UNSAYABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def sayable(text: str) -> str:
    """Return a text with a mark in place of what XML cannot hold."""
    return UNSAYABLE.sub("\ufffd", text)


def write_xml(root: Element, path: Path) -> None:
    """Write a document, indented, in UTF-8."""
    indent(root)
    ElementTree(root).write(path, encoding="UTF-8", xml_declaration=True)
