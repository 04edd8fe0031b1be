"""What the shop sells, says and sends: fixed texts of the sample."""

import json

from journeymine.sample.times import moment

PAGES = {
    "Home": "/",
    "Search": "/suche",
    "Deals": "/angebote",
    "Magazine": "/magazin",
    "Checkout": "/kasse",
    "Account": "/konto",
    "Help": "/hilfe",
    "Returns": "/retouren",
}
TRACKS = {
    "Products Searched": "/suche",
    "Product List Viewed": "/schuhe",
    "Product Viewed": "/produkt",
    "Product Compared": "/vergleich",
    "Size Guide Opened": "/produkt",
    "Reviews Read": "/produkt",
    "Delivery Info Viewed": "/versand",
    "Product Added": "/produkt",
    "Product Removed": "/warenkorb",
    "Cart Viewed": "/warenkorb",
    "Coupon Entered": "/warenkorb",
    "Coupon Rejected": "/warenkorb",
    "Checkout Started": "/kasse",
    "Checkout Cancelled": "/kasse",
    "Payment Info Entered": "/kasse/zahlung",
    "Payment Failed": "/kasse/zahlung",
    "Order Completed": "/kasse/danke",
    "Order Tracked": "/konto",
}
_SITE = "https://shop.example"


def _page(path: str) -> str:
    return f'"page":{{"path":"{path}","url":"{_SITE}{path}"}}'


PAGE_HEADS = {name: f'"type":"page","name":"{name}"' for name in PAGES}
SCREEN_HEADS = {name: f'"type":"screen","name":"{name}"' for name in PAGES}
TRACK_HEADS = {name: f'"type":"track","event":"{name}"' for name in TRACKS}
PAGE_CONTEXTS = {name: _page(path) for name, path in (PAGES | TRACKS).items()}
APP_CONTEXT = '"app":{"name":"Wanderlust","version":"3.2.1"}'

# Product id, name, category, price in cents.
_PRODUCTS = (
    ("P-101", 'Trekkingschuh "Säntis", wasserdicht', "Schuhe", 12990),
    ("P-102", "Laufschuh Zürich", "Schuhe", 9900),
    ("P-103", "Regenjacke Sylt", "Jacken", 8995),
    ("P-104", "Daunenjacke Großglockner", "Jacken", 19900),
    ("P-105", "Rucksack Café Racer 24 l", "Rucksäcke", 6450),
    ("P-106", 'Rucksack "Alpenglühen", 40 l', "Rucksäcke", 11900),
    ("P-107", "Wollsocken, 3er-Pack", "Socken", 1990),
    ("P-108", "Trinkflasche Élan 0,7 l", "Zubehör", 1495),
    ("P-109", "Stirnlampe Föhn", "Zubehör", 3290),
    ("P-110", "Wanderhose Müritz", "Hosen", 7900),
    ("P-111", "Fleece Rügen", "Jacken", 5490),
    ("P-112", "Mütze Åre", "Zubehör", 2450),
)
PRICES = tuple(price for *_, price in _PRODUCTS)
PRODUCT_TEXTS = tuple(
    json.dumps(
        {"product_id": key, "name": name, "category": group, "price": cents / 100},
        ensure_ascii=False,
        separators=(",", ":"),
    )
    for key, name, group, cents in _PRODUCTS
)
SEARCHES = tuple(
    json.dumps({"query": query}, ensure_ascii=False, separators=(",", ":"))
    for query in ("wanderschuhe größe 42", "jacke regen", "rucksack", 'zelt "2 p"')
)
AD_CAMPAIGNS = {
    "social": ("instagram", "Frühling im Feed"),
    "display": ("adnetz", "Retargeting"),
    "cpc": ("google", "Wanderschuhe"),
    "affiliate": ("gutscheinfuchs", "Coupon WANDERN10"),
}
# One newsletter a month, sent early, before anybody shops.
NEWSLETTERS = (
    ("Neujahr", moment("2024-01-08T05:00:00+01:00")),
    ("Winter-Sale", moment("2024-02-07T05:00:00+01:00")),
    ("Frühlingsfit", moment("2024-03-07T05:00:00+01:00")),
    ("Ostern & Berge", moment("2024-04-08T05:00:00+02:00")),
    ("Wonnemonat", moment("2024-05-08T05:00:00+02:00")),
    ("Sommer, Sonne, Seen", moment("2024-06-07T05:00:00+02:00")),
)
FIRST_NAMES = (
    "anna", "ben", "clara", "david", "elif", "felix", "greta", "hannes", "ida",
    "jonas", "klara", "leo", "mia", "noah", "olga", "paul", "rosa", "selim",
)  # fmt: skip
COUNTRIES = (("DE", 0.8), ("AT", 0.12), ("CH", 0.08))
