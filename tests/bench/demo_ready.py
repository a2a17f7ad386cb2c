"""`telemed demo` on a data directory that is there already, from starting the process until it serves."""

from statistics import median
from time import perf_counter

from tests.bench.workshop import Measured, Workshop
from tests.e2e.conftest import demonstration


def demo_ready(shop: Workshop) -> Measured:
    """Starts the same data directory several times. Other benches use browsers on it, so its `ready` can be trusted."""
    data_dir, tries = shop.copy(), shop.often(3)
    took = []
    for _ in range(tries):
        began = perf_counter()
        with demonstration(data_dir):
            took.append(perf_counter() - began)
    return Measured(median(took), tries)
