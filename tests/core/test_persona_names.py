"""Names of personas: what a marketer would call them, from their traits alone."""

import pytest

from journeymine.personas.agents import doers
from journeymine.personas.naming import named
from journeymine.personas.traits import Trait


def trait(
    family: str, feature: str, difference: float, value: float, others: float
) -> Trait:
    return Trait("p1", family, feature, 90, value, others, difference, 0, 0)


EVENING = trait("daypart", "evening", 2.0, 0.9, 0.1)
MOBILE = trait("device", "mobile", 1.2, 0.9, 0.3)
CART = trait("activity", "cart_returned", 1.4, 0.2, 0.02)
VIEWS = trait("activity", "product_viewed", 1.5, 0.4, 0.2)


@pytest.mark.parametrize(
    ("activity", "agents"),
    [
        ("product_viewed", "product viewers"),
        ("view_size_guide", "size guide viewers"),
        ("reviews_read", "review readers"),
        ("add_to_cart", "cart fillers"),
        ("newsletter_subscribed", "newsletter subscribers"),
        ("coupon_rejected", "rejected coupon customers"),
        ("Appointment Denied", "denied appointment customers"),
        ("Request Appointment", "appointment requesters"),
        ("order", "buyers"),
        ("GROCERY", "grocery customers"),
    ],
)
def test_an_activity_names_who_does_it(activity: str, agents: str) -> None:
    assert doers(activity) == agents


def test_a_name_says_where_or_when_and_then_who_does_what() -> None:
    assert named("p1", [MOBILE, CART], set()) == "Mobile cart returners"


def test_what_everyone_does_names_nobody_if_there_is_more_to_tell() -> None:
    assert named("p1", [MOBILE, VIEWS, CART], set()) == "Mobile cart returners"


def test_a_weak_habit_gives_way_to_two_strong_settings() -> None:
    assert named("p1", [EVENING, MOBILE, CART], set()) == "Evening cart returners"
    weak = trait("activity", "cart_returned", 1.1, 0.2, 0.02)
    assert named("p1", [EVENING, MOBILE, weak], set()) == "Evening mobile customers"


def test_a_setting_in_which_others_are_as_often_or_few_are_is_no_name() -> None:
    everyone = trait("daypart", "night", 2.0, 1.0, 0.8)
    seldom = trait("device", "tablet", 2.0, 0.2, 0.01)
    assert named("p1", [everyone, seldom, CART], set()) == "Cart returners"


def test_a_word_does_not_come_twice() -> None:
    email = trait("channel", "email", 2.0, 0.5, 0.01)
    opens = trait("activity", "email_opened", 1.9, 0.4, 0.01)
    assert named("p1", [email, opens], set()) == "Email openers"


def test_a_name_is_given_once() -> None:
    taken = {"Mobile cart returners"}
    second = named("p2", [MOBILE, EVENING, CART], taken)
    assert second not in taken
    assert named("p2", [MOBILE, CART], {*taken, "Cart returners", "Mobile customers"})


def test_without_traits_it_is_called_by_its_number() -> None:
    assert named("p7", [], set()) == "Persona 7"
    assert (
        named("p7", [trait("channel", "(none)", 2.0, 0.9, 0.1)], set()) == "Persona 7"
    )


def test_names_hold_no_underscores_and_four_words_at_most() -> None:
    long = trait("activity", "very_long_size_guide_page_opened", 2.0, 0.3, 0.01)
    name = named("p1", [EVENING, long], set())
    assert "_" not in name
    assert len(name.split()) <= 4
