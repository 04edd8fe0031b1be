"""The four hidden behaviours of the sample's customers."""

from dataclasses import dataclass

STEPS = (
    "product_viewed",
    "product_added",
    "checkout_started",
    "payment_info_entered",
    "order_completed",
)


@dataclass(frozen=True)
class Persona:
    """One behaviour. Pairs are (value, weight); shares and chances are 0 to 1."""

    name: str
    devices: tuple[tuple[str, float], ...]
    mediums: tuple[tuple[str, float], ...]  # "" is a visit without a campaign
    hours: tuple[float, float]  # of visits, on the local clock
    on_weekends: bool  # else on working days; both with exceptions
    think: int  # mean milliseconds between two clicks
    landing: str
    menu: tuple[str, ...]  # what is done while looking around
    looks: tuple[int, int]  # how much of it in a visit, [from, to)
    episodes: tuple[int, int]  # attempts to buy, [from, to)
    visits: tuple[int, int]  # visits in an attempt, [from, to)
    days_between: tuple[int, int]
    goes_on: tuple[
        float, float, float
    ]  # chance of step 2, 3 and 4 after the one before
    card_fails: float
    bad_cards: float  # share whose card hardly ever works
    retries: float
    drop_step: str
    drop_reason: str
    in_app: float  # share of mobile visits
    anonymous: float
    mailed: float
    opens: float
    clicks: float
    leaves: float  # chance to stop for good after an order
    asks_for_help: float
    answers: float
    mood: float  # mean satisfaction


BROWSER = Persona(
    name="mobile_browser",
    devices=(("mobile", 0.95), ("tablet", 0.05)),
    mediums=(("social", 0.85), ("display", 0.08), ("", 0.07)),
    hours=(18.5, 23.0),
    on_weekends=True,
    think=14_000,
    landing="Home",
    menu=("Product List Viewed", "Product Viewed", "Magazine", "Product List Viewed"),
    looks=(0, 3),
    episodes=(1, 4),
    visits=(1, 2),
    days_between=(1, 12),
    goes_on=(0.38, 0.88, 0.22),
    card_fails=0.04,
    bad_cards=0.02,
    retries=0.3,
    drop_step="checkout_started",
    drop_reason="delivery_cost",
    in_app=0.25,
    anonymous=0.42,
    mailed=0.3,
    opens=0.12,
    clicks=0.1,
    leaves=0.5,
    asks_for_help=0.15,
    answers=0.18,
    mood=0.55,
)
COMPARER = Persona(
    name="careful_comparer",
    devices=(("desktop", 0.96), ("tablet", 0.04)),
    mediums=(("", 0.72), ("cpc", 0.28)),
    hours=(12.5, 17.0),
    on_weekends=False,
    think=95_000,
    landing="Home",
    menu=(
        "Product Viewed",
        "Product Viewed",
        "Products Searched",
        "Size Guide Opened",
        "Reviews Read",
        "Product Compared",
    ),
    looks=(3, 6),
    episodes=(1, 3),
    visits=(1, 4),
    days_between=(4, 14),
    goes_on=(0.36, 0.88, 0.92),
    card_fails=0.04,
    bad_cards=0.02,
    retries=0.6,
    drop_step="product_viewed",
    drop_reason="size_unsure",
    in_app=0.0,
    anonymous=0.2,
    mailed=0.35,
    opens=0.15,
    clicks=0.1,
    leaves=0.45,
    asks_for_help=0.2,
    answers=0.35,
    mood=0.68,
)
LOYAL = Persona(
    name="loyal_reorderer",
    devices=(("mobile", 0.8), ("tablet", 0.2)),
    mediums=(("", 0.55), ("email", 0.45)),
    hours=(6.5, 10.5),
    on_weekends=False,
    think=11_000,
    landing="Account",
    menu=("Product Viewed",),
    looks=(0, 2),
    episodes=(1, 2),  # the others come with the newsletters
    visits=(1, 2),
    days_between=(20, 30),
    goes_on=(0.96, 0.95, 0.96),
    card_fails=0.05,
    bad_cards=0.11,
    retries=0.3,
    drop_step="payment_info_entered",
    drop_reason="card_error",
    in_app=0.2,
    anonymous=0.0,
    mailed=1.0,
    opens=0.95,
    clicks=0.9,
    leaves=0.1,
    asks_for_help=0.15,
    answers=0.5,
    mood=0.85,
)
HUNTER = Persona(
    name="bargain_hunter",
    devices=(("desktop", 0.85), ("mobile", 0.15)),
    mediums=(("affiliate", 0.85), ("", 0.15)),
    hours=(12.5, 17.0),
    on_weekends=True,
    think=35_000,
    landing="Deals",
    menu=("Product List Viewed", "Product Viewed", "Help", "Delivery Info Viewed"),
    looks=(1, 3),
    episodes=(1, 4),
    visits=(1, 2),
    days_between=(3, 14),
    goes_on=(0.9, 0.3, 0.88),
    card_fails=0.04,
    bad_cards=0.02,
    retries=0.5,
    drop_step="product_added",
    drop_reason="coupon_failed",
    in_app=0.0,
    anonymous=0.06,
    mailed=0.35,
    opens=0.2,
    clicks=0.15,
    leaves=0.4,
    asks_for_help=0.55,
    answers=0.4,
    mood=0.35,
)
PERSONAS = ((BROWSER, 0.38), (COMPARER, 0.24), (LOYAL, 0.18), (HUNTER, 0.2))
