"""Whether every file of pydicom and pydicom-data comes back as it went in, by STOW-RS, upload, zip and C-STORE."""

import asyncio
import logging
import warnings
from collections import Counter
from collections.abc import Iterable

from tests.bench.workshop import Measured, Workshop
from tests.imaging.corpus import bundled_files, more_files
from tests.imaging.round_trip import round_trips, wrong


def not_exact(shop: Workshop) -> Measured:
    """Files that one of the ways gave back with other bytes, numbers or pictures, or refused otherwise than another."""
    folder, files = shop.folder / "corpus", bundled_files() + more_files()
    folder.mkdir()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of pydicom, about files that are wrong on purpose
        logging.disable(logging.ERROR)
        trips = asyncio.run(round_trips(folder, files))
        logging.disable(logging.NOTSET)
    lines = wrong(trips)
    print(*lines, sep="\n")
    first = [ways["STOW"] for ways in trips.values()]
    taken = sum(not trip.refused for trip in first)
    said = [
        f"{len(files)} files and {len(trips) - len(files)} copies with UIDs: {taken} taken",
        f"refused {_counted(trip.refused for trip in first if trip.refused)}",
        f"frames {_counted(each for trip in first for each in trip.frames)}",
        f"pictures {_counted(each for trip in first for each in trip.pictures)}",
        f"{sum('CSTORE' in ways for ways in trips.values())} also by C-STORE",
    ]
    return Measured(len(lines), sum(map(len, trips.values())), "; ".join(said))


def _counted(names: Iterable[str]) -> str:
    return ", ".join(f"{count} {name}" for name, count in Counter(names).most_common())


MEASUREMENTS = {"corpus_not_exact": not_exact}
