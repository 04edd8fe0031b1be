"""Lines over time: random ones against a plain loop over their spots."""

import re
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from journeymine.report.charts.lines import Frame, Series, Spot, draw_lines

FRAME = Frame(0.0, 10.0, ((0.0, "0"), (10.0, "10%")), height=140.0)
VALUES = st.lists(
    st.tuples(st.none() | st.integers(0, 10), st.booleans()), min_size=1, max_size=12
)


def spots(values: list[tuple[int | None, bool]]) -> tuple[Spot, ...]:
    return tuple(
        Spot(
            (number + 0.5) / len(values),
            value,
            low=None if value is None else value - 1,
            high=None if value is None else value + 1,
            is_final=is_final,
        )
        for number, (value, is_final) in enumerate(values)
    )


def steps(drawing: str, kind: str) -> int:
    """Return how many steps the lines of a class have."""
    drawn = re.findall(rf'<path d="([^"]*)" class="{kind}"/>', drawing)
    return sum(path.count("L") for path in drawn)


@settings(max_examples=80, deadline=None)
@given(VALUES)
def test_a_line_joins_neighbours_and_never_bridges_a_gap(
    values: list[tuple[int | None, bool]],
) -> None:
    drawing = draw_lines([Series("", spots(values))], FRAME, "Rose")
    pairs = [
        (one, other)
        for one, other in pairwise(values)
        if one[0] is not None and other[0] is not None
    ]
    known = [value for value in values if value[0] is not None]
    runs = len(known) - len(pairs)
    alone = runs - drawing.count('class="band"')
    solid = sum(one[1] and other[1] for one, other in pairs)
    assert steps(drawing, "ln") == solid + alone  # a spot alone has a whisker
    assert steps(drawing, "ln dashed") == len(pairs) - solid
    assert drawing.count('class="spot"') == sum(is_final for _, is_final in known)
    assert drawing.count('class="spot is-open"') == sum(not one for _, one in known)


def test_what_is_beyond_the_scale_stays_in_the_drawing() -> None:
    assert [FRAME.y(value) for value in (-5, 0, 5, 10, 99)] == [118, 118, 68, 18, 18]


def test_labels_at_the_ends_stand_apart() -> None:
    series = [Series(name, spots([(5, True)])) for name in "abc"]
    drawing = draw_lines(series, FRAME, "Rose")
    heights = [float(one) for one in re.findall(r'y="([\d.]+)" class="ti', drawing)]
    assert [b - a for a, b in pairwise(heights)] == [15, 15]


def test_an_incident_and_a_target_are_drawn_with_words() -> None:
    drawing = draw_lines(
        [Series("5%", spots([(5, True)]))],
        FRAME,
        "Rose <b>",
        target=2.0,
        incidents=[(0.25, 0.5, "Late & lost"), (0.8, 0.9, "Again")],
    )
    assert 'x="25.000%" width="25.000%"' in drawing
    assert 'text-anchor="start">Late &amp; lost</text>' in drawing
    assert 'x="90.000%"' in drawing
    assert 'text-anchor="end">Again</text>' in drawing
    assert 'y1="98" y2="98" class="aim"' in drawing
    assert 'aria-label="Rose &lt;b&gt;"' in drawing
