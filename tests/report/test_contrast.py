"""Every colour of a text stands out from what is behind it, in both themes."""

import re
from importlib.resources import files

import pytest

TEXTS = ("ink", "ink2", "muted", "accent", "vol", "drop", "neg", "pos")
SHAPES = ("wip", "neu")
BLOCK = re.compile(r":root(\[data-theme=dark\])?\{(.*?)\}", re.DOTALL)


def tokens(theme: str) -> dict[str, str]:
    """Return the colours of a theme by their names."""
    style = files("journeymine.report").joinpath("templates/report.css").read_text()
    blocks = [found for found in BLOCK.finditer(style) if "--bg:" in found[2]]
    light, dark = (dict(re.findall(r"--(\w+):(#\w{6})", one[2])) for one in blocks[:2])
    return {"light": light, "dark": dark}[theme]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, as WCAG 2 defines it."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    ]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_the_ratio_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_text_is_legible_and_every_shape_is_seen(theme: str) -> None:
    colours = tokens(theme)
    for behind in ("bg", "panel"):
        faint = {
            name: round(contrast(colours[name], colours[behind]), 2)
            for name in TEXTS
            if contrast(colours[name], colours[behind]) < 4.5
        }
        assert faint == {}, behind
    assert all(contrast(colours[name], colours["bg"]) >= 3 for name in SHAPES)
