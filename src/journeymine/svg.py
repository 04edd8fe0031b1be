"""SVG elements as `Markup`: the one place where tags are put together.

Everything that comes in is escaped, unless it is `Markup` itself. Names from data
never become a tag or an attribute name.
"""

from markupsafe import Markup, escape

Value = str | float | None


def tag(name: str, *content: str, **attributes: Value) -> Markup:
    """Return an element; `stroke_width` is written `stroke-width`, `class_` `class`.

    Attributes that are None are left out, numbers are written with 2 decimals at most.
    """
    # Plain strings put together: a page has thousands, and Markup's own are slow.
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_plain(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    inner = "".join(str(escape(part)) for part in content)
    if not inner:
        return Markup(f"<{name}{written}/>")
    return Markup(f"<{name}{written}>{inner}</{name}>")


def text(x: Value, y: float, words: str, kind: str = "", **more: Value) -> Markup:
    """Return a text element of the classes `kind`."""
    return tag("text", words, x=x, y=y, class_=kind or None, **more)


def line(x: tuple[Value, Value], y: tuple[float, float], kind: str) -> Markup:
    """Return a straight line from (x[0], y[0]) to (x[1], y[1])."""
    return tag("line", x1=x[0], x2=x[1], y1=y[0], y2=y[1], class_=kind)


def stretched(shapes: list[Markup], wide: float, high: float) -> Markup:
    """Return shapes that stretch with the width: no texts, and no round ones."""
    return tag(
        "svg",
        *shapes,
        width="100%",
        height=high,
        viewBox=f"0 0 {wide:.0f} {high:.0f}",
        preserveAspectRatio="none",
        overflow="visible",
    )


def share_of(part: float, whole: float = 1.0) -> str:
    """Return a length as a percentage of the drawing's width."""
    return f"{100 * part / whole:.3f}%" if whole else "0%"


def path(points: list[tuple[float, float]], closed: bool = False) -> str:
    """Return the `d` of a polyline."""
    drawn = "L".join(f"{_plain(x)},{_plain(y)}" for x, y in points)
    return f"M{drawn}{'Z' if closed else ''}"


def _plain(value: Value) -> str:
    if isinstance(value, int | float):
        short = f"{value:.2f}".rstrip("0").rstrip(".")
        return "0" if short in {"-0", ""} else short
    return str(value)
