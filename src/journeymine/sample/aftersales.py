"""What follows an order: tracking, delivery trouble, returns, surveys, reviews."""

from journeymine.sample.draws import between
from journeymine.sample.personas import HUNTER, LOYAL
from journeymine.sample.story import Story
from journeymine.sample.support import ask
from journeymine.sample.surveys import ask_after_order, review
from journeymine.sample.times import DAY, HOUR
from journeymine.sample.visits import act, open_visit

_TRACKED = 0.25
_DELIVERY_TROUBLE = 0.12
_RETURNED = {HUNTER.name: 0.35, LOYAL.name: 0.04}
_RETURNED_OTHERS = 0.12


def follow_order(story: Story, at: int, order_id: str) -> None:
    """Tell what an order completed at `at` leads to."""
    rng, persona = story.rng, story.customer.persona
    spoilt = rng.random() < _DELIVERY_TROUBLE
    if spoilt or rng.random() < _TRACKED:
        looks_at = at + between(rng, 20 * HOUR, 60 * HOUR)
        visit = open_visit(story, looks_at, "")
        act(story, visit, "Order Tracked")
        if spoilt:
            ask(story, visit.at, "delivery")
    ask_after_order(story, at, order_id, spoilt)
    if rng.random() < _RETURNED.get(persona.name, _RETURNED_OTHERS):
        visit = open_visit(story, at + between(rng, 3 * DAY, 7 * DAY), "")
        act(story, visit, "Returns")
        ask(story, visit.at, "return")
    review(story, at, order_id, spoilt)
