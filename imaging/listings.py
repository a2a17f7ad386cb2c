"""The metadata of whole series, zipped as they are sent, kept for whoever asks next; who may read is judged before."""

from collections import OrderedDict
from typing import Final, NamedTuple

KEPT_BYTES: Final = 32 << 20


class Key(NamedTuple):
    """Instances are added and never changed, so their number says which list of them it is."""

    series: int
    instances: int
    suffix: str
    """What the addresses in it end with."""


class Listings:
    def __init__(self, kept_bytes: int = KEPT_BYTES) -> None:
        self._kept_bytes, self._bytes = kept_bytes, 0
        self._kept: OrderedDict[Key, bytes] = OrderedDict()

    def get(self, key: Key) -> bytes | None:
        if (found := self._kept.get(key)) is not None:
            self._kept.move_to_end(key)
        return found

    def keep(self, key: Key, body: bytes) -> None:
        self._bytes += len(body) - len(self._kept.pop(key, b""))
        self._kept[key] = body
        while self._bytes > self._kept_bytes:
            self._bytes -= len(self._kept.popitem(last=False)[1])
