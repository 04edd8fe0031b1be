"""The title of impact against effort names what is proven, before what is large."""

from journeymine.report.journey_map.efforts import Chance, title


def chance(tag: str, value: float, *, is_proven: bool) -> Chance:
    return Chance(tag, "", "", value, value - 1, value + 1, "", is_proven)


def test_what_is_proven_comes_before_what_is_larger() -> None:
    large, sure = chance("O1", 295, is_proven=False), chance("O2", 47, is_proven=True)
    assert title([large, sure]) == (
        "Of what is proven, O2 would bring most: 47 conversions"
    )
    assert title([large]) == "O1 would bring most: 295 conversions, not proven"
