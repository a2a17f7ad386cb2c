"""What was acknowledged and is gone after kill -9 under load: chat, requests, opinions, orders to the leaves."""

from tests.bench.workshop import Measured, Workshop
from tests.e2e.kills import kills


def acked_lost_over_kills(shop: Workshop) -> Measured:
    tries = shop.often(15)
    acknowledged, lost = kills(shop.copy(), tries)
    return Measured(len(lost), tries, f"{acknowledged} acknowledged")
