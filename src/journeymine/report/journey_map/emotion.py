"""The emotion lane of the journey map: a line that breaks where few answered."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from journeymine import svg
from journeymine.report import words

FEW_ANSWERS = 5
MIDDLE, REACH = 108.0, 84.0  # of the scale, from above
HIGH, CANVAS = 260.0, 1000.0
LOWEST = 206.0  # of a value; below it stands how many answered


@dataclass(frozen=True)
class Mood:
    """What customers of one stage feel, and how sure that is."""

    at: float
    answers: int
    emotion: float | None = None
    low: float | None = None
    high: float | None = None
    response: str = ""
    beside: str = ""


def draw_emotion(moods: Sequence[Mood]) -> Markup:
    """Return the emotion line with its intervals; where few answered, it breaks."""
    shapes = [part for run in _runs(moods) for part in _line(run)]
    canvas = svg.stretched(shapes, CANVAS, HIGH)
    scale = [
        ("+1 good", 1.0, 14.0),
        ("0", 0.0, -4.0),
        ("\N{MINUS SIGN}1 bad", -1.0, -5.0),
    ]
    axes = []
    for name, value, shift in scale:
        y = _height(value)
        axes.append(svg.line(("0", "100%"), (y, y), "gl" if value else "ax"))
        axes.append(svg.text(6, y + shift, name))
    points = [part for mood in moods for part in _point(mood)]
    label = "Emotion per stage with 95% interval; gaps where fewer than 5 answered"
    return svg.tag(
        "svg", *axes, canvas, *points, height=HIGH, role="img", aria_label=label
    )


def _height(emotion: float) -> float:
    return MIDDLE - emotion * REACH


def _runs(moods: Sequence[Mood]) -> list[list[Mood]]:
    """Split the line where too few answered: a gap is never bridged."""
    runs: list[list[Mood]] = [[]]
    for mood in moods:
        if mood.emotion is None:
            runs.append([])
        else:
            runs[-1].append(mood)
    return [run for run in runs if len(run) > 1]


def _line(run: list[Mood]) -> list[Markup]:
    points = [(mood.at * CANVAS, mood.emotion or 0.0) for mood in run]
    upper = [
        (mood.at * CANVAS, _height(mood.high or 0.0))
        for mood in run
        if mood.high is not None
    ]
    lower = [
        (mood.at * CANVAS, _height(mood.low or 0.0))
        for mood in run
        if mood.low is not None
    ]
    parts = []
    if len(upper) == len(lower) == len(run):
        band = svg.path([*upper, *reversed(lower)], closed=True)
        parts.append(svg.tag("path", d=band, class_="band"))
    drawn = svg.path([(x, _height(value)) for x, value in points])
    return [*parts, svg.tag("path", d=drawn, class_="ln")]


def _point(mood: Mood) -> list[Markup]:
    at = svg.share_of(mood.at)
    below = _below(mood, at)
    if mood.emotion is None:
        ring = svg.tag("circle", cx=at, cy=MIDDLE, r=5, class_="few")
        said = "too few" if mood.answers else "no answers"
        name = svg.text(at, MIDDLE - 13, said, "halo", text_anchor="middle")
        return [*below, ring, name]
    kind = _kind(mood)
    low = mood.emotion if mood.low is None else mood.low
    high = mood.emotion if mood.high is None else mood.high
    ends = _height(high), _height(low)
    # The value stands clear of the whisker, on the side away from the zero line.
    under = ends[1] + 17
    place = under if mood.emotion < 0 and under < LOWEST else ends[0] - 9
    colour = {"neg": "tn", "pos": "tp"}.get(kind, "ti2")
    value = words.signed(mood.emotion)
    height = _height(mood.emotion)
    return [
        *below,
        svg.line((at, at), ends, f"whisk {kind}"),
        svg.tag("circle", cx=at, cy=height, r=4.5, class_=f"dot {kind}"),
        svg.text(at, place, value, f"{colour} halo", text_anchor="middle"),
    ]


def _below(mood: Mood, at: str) -> list[Markup]:
    """Write n, the response rate, and what was said unasked, one below the other."""
    lines = [words.cases(mood.answers), mood.response, mood.beside]
    written = [line for line in lines if line]
    return [
        svg.text(at, 218 + 16 * row, line, text_anchor="middle")
        for row, line in enumerate(written)
    ]


def _kind(mood: Mood) -> str:
    """Return the side that the whole interval is on, if it is on one."""
    if mood.high is not None and mood.high < 0:
        return "neg"
    if mood.low is not None and mood.low > 0:
        return "pos"
    return "neu"
