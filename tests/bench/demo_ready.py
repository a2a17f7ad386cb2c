"""`telemed demo` on a data directory that is there already, from starting the process until it serves."""

from statistics import median
from time import perf_counter

from tests.bench.workshop import Measured, Workshop
from tests.e2e.conftest import demonstration


def demo_ready(shop: Workshop) -> Measured:
    """The same data directory again and again; `ready` is believed because browsers use it in what follows."""
    data_dir, tries = shop.copy(), shop.often(3)
    took = []
    for _ in range(tries):
        began = perf_counter()
        with demonstration(data_dir):
            took.append(perf_counter() - began)
    return Measured(median(took), tries)
