"""What the server takes of an act on a live round: from its request to the bed that comes with the hint, undrawn."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Condition, Thread
from time import perf_counter

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from tests.bench.rounds_live import Round, begun
from tests.bench.workshop import Measured, Workshop, p95
from tests.e2e.at_the_bed import done, instructed
from tests.e2e.conftest import Person

PATIENCE = 30  # seconds


class Reader(Thread):
    """A channel of somebody's that shows one bed: when each text was first in what came."""

    def __init__(self, person: Person, origin: str, item_id: str) -> None:
        super().__init__(daemon=True)
        cookies = "; ".join(f"{each['name']}={each['value']}" for each in person.context.cookies())
        live = f"{origin.replace('http', 'ws', 1)}/api/live?seconds=0"
        self.socket: ClientConnection = connect(live, origin=Origin(origin), additional_headers={"Cookie": cookies})
        self.socket.send(json.dumps({"watch": [item_id]}))
        assert self.socket.ping().wait(PATIENCE)  # answered after what was sent before it
        self._came: list[tuple[float, str]] = []
        self._news = Condition()

    def run(self) -> None:
        try:
            for said in self.socket:
                with self._news:
                    self._came.append((perf_counter(), str(said)))
                    self._news.notify_all()
        except ConnectionClosed:
            return

    def when(self, text: str) -> float:
        with self._news:
            assert self._news.wait_for(lambda: any(text in said for _, said in self._came), PATIENCE), text
            return next(at for at, said in self._came if text in said)


@contextmanager
def reading(round: Round, item_id: str) -> Iterator[list[Reader]]:
    """Of the cart's account and of whoever follows. The three pages show nothing of the round meanwhile."""
    for person in (round.lead, round.ward, round.other):
        person.page.goto(f"{round.product.origin}/healthz/live")
    readers = [Reader(each, round.product.origin, item_id) for each in (round.ward, round.other)]
    for each in readers:
        each.start()
    try:
        yield readers
    finally:
        for each in readers:
            each.socket.close()


def served(shop: Workshop) -> Measured:
    """An instruction to the later of two readers."""
    tries, took = shop.often(50), list[float]()
    with begun(shop) as round:
        item = round.at(round.beds[0])
        done(round.lead, round.id, "present", item_id=item["id"])
        number = item["patient"]["number"]
        done(round.ward, round.id, "identify", item_id=item["id"], how="wristband", number=number)
        with reading(round, item["id"]) as readers:
            for n in range(tries):
                text = f"K+ {n + 1}."  # what comes is written in ASCII
                sent = perf_counter()
                instructed(round.lead, round.id, item, text)
                took.append((max(each.when(text) for each in readers) - sent) * 1000)
    return Measured(p95(took), tries)


MEASUREMENTS: dict[str, Callable[[Workshop], Measured]] = {"runsheet_served_p95": served}
