"""Attempts to buy: the way through the checkout, and where each persona leaves it."""

from journeymine.sample.aftersales import follow_order
from journeymine.sample.catalogue import PRICES, PRODUCT_TEXTS
from journeymine.sample.customers import next_visit
from journeymine.sample.draws import between
from journeymine.sample.personas import BROWSER, COMPARER, HUNTER, LOYAL
from journeymine.sample.story import Story
from journeymine.sample.support import ask
from journeymine.sample.times import DAY, END, in_incident
from journeymine.sample.visits import Visit, act, look_around, open_visit, record

_INCIDENT_FAILS = 0.88
_COMES_BACK = 0.4  # leaves the cart for some days, then goes on
_BUYS_NOW = 0.1  # cart and checkout by one button
_PAGE_IS_TRACKED = 0.5
_CANCELS = 0.15  # of those who leave the checkout


def attempt(story: Story, at: int, medium: str | None = None) -> int:
    """Try to buy something from `at` on; return when that ended."""
    if at >= END:
        return at
    persona, rng = story.customer.persona, story.rng
    story.attempts += 1
    visit = open_visit(story, at, medium)
    look_around(story, visit)
    for _ in range(between(rng, *persona.visits) - 1):
        later = next_visit(persona, visit.at + between(rng, 2, 6) * DAY, rng)
        visit = open_visit(story, later)
        look_around(story, visit)
    if rng.random() < persona.goes_on[0]:
        visit = _cart(story, visit)
    else:
        _leave(story, visit, "product_viewed")
    story.in_progress |= at < END <= visit.at
    return visit.at


def _leave(story: Story, visit: Visit, step: str) -> None:
    persona = story.customer.persona
    if step == persona.drop_step:
        if persona is COMPARER:
            act(story, visit, "Size Guide Opened")
        if persona is BROWSER:
            act(story, visit, "Delivery Info Viewed")
        story.drop(step, visit.at, persona.drop_reason)
        return
    if step == "checkout_started" and story.rng.random() < _CANCELS:
        act(story, visit, "Checkout Cancelled")
    reason = "just_looking" if step == "product_viewed" else "changed_mind"
    story.drop(step, visit.at, reason)


def _cart(story: Story, visit: Visit) -> Visit:
    persona, rng = story.customer.persona, story.rng
    product = between(rng, 0, len(PRICES))
    act(story, visit, "Product Added", PRODUCT_TEXTS[product])
    if visit.at < END:
        story.first_cart_at = story.first_cart_at or visit.at
    goes_on = rng.random() < persona.goes_on[1]
    if persona is HUNTER:
        _try_coupon(story, visit, works=goes_on)
    elif rng.random() < 0.4 and persona is not LOYAL:
        act(story, visit, "Cart Viewed")
    if goes_on and rng.random() < _COMES_BACK and persona is not LOYAL:
        back = next_visit(persona, visit.at + between(rng, 1, 8) * DAY, rng)
        visit = open_visit(story, back)
        act(story, visit, "Cart Viewed")
    if goes_on:
        _checkout(story, visit, PRICES[product] * between(rng, 1, 3))
    else:
        _leave(story, visit, "product_added")
    return visit


def _try_coupon(story: Story, visit: Visit, works: bool) -> None:
    act(story, visit, "Cart Viewed")
    act(story, visit, "Coupon Entered", '{"coupon":"WANDERN10"}')
    if works:
        return
    act(story, visit, "Coupon Rejected", '{"coupon":"WANDERN10","reason":"expired"}')
    if story.rng.random() < 0.5:
        act(story, visit, "Coupon Entered", '{"coupon":"SPAR-20"}')
        act(story, visit, "Coupon Rejected", '{"coupon":"SPAR-20","reason":"unknown"}')
    if story.rng.random() < 0.4:
        act(story, visit, "Product Removed")
    if story.rng.random() < story.customer.persona.asks_for_help:
        act(story, visit, "Help")
        ask(story, visit.at, "coupon")


def _checkout(story: Story, visit: Visit, cents: int) -> None:
    persona, rng = story.customer.persona, story.rng
    if rng.random() < _BUYS_NOW:
        record(story, visit, "Checkout Started")
    else:
        act(story, visit, "Checkout Started")
    if rng.random() < _PAGE_IS_TRACKED:
        record(story, visit, "Checkout")  # it loads in the same millisecond: a tie
    known_at = story.identified_at.get(visit.device)
    if known_at is not None:
        # Nobody gets further without signing in.
        story.identified_at[visit.device] = min(known_at, visit.at)
    if rng.random() < persona.goes_on[2] and not story.customer.is_anonymous:
        _pay(story, visit, cents)
    else:
        _leave(story, visit, "checkout_started")


def _pay(story: Story, visit: Visit, cents: int) -> None:
    persona, rng = story.customer.persona, story.rng
    total = f"{cents // 100}.{cents % 100:02d}"
    while True:
        act(story, visit, "Payment Info Entered", '{"method":"card"}')
        hit = visit.device_type == "mobile" and in_incident(visit.at)
        if rng.random() >= (_INCIDENT_FAILS if hit else story.customer.card_fails):
            _order(story, visit, total)
            return
        code = "gateway_timeout" if hit else "card_declined"
        act(story, visit, "Payment Failed", f'{{"code":"{code}","value":{total}}}')
        if rng.random() >= persona.retries:
            break
    story.drop(
        "payment_info_entered", visit.at, "payment_incident" if hit else "card_error"
    )
    if rng.random() < max(persona.asks_for_help, 0.4):
        act(story, visit, "Help")
        ask(story, visit.at, "payment")


def _order(story: Story, visit: Visit, total: str) -> None:
    order_id = f"O-{story.customer.number}-{len(story.order_times) + 1}"
    properties = f'{{"order_id":"{order_id}","total":{total},"currency":"EUR"}}'
    act(story, visit, "Order Completed", properties)
    if visit.at < END:
        story.order_times.append(visit.at)
        follow_order(story, visit.at, order_id)
