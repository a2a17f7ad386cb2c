"""How fast one session may send; a session that ignores the limits is closed."""

from dataclasses import dataclass

from signaling import protocol as p
from signaling.errors import Close, Code, Refused


@dataclass(frozen=True)
class Rate:
    per_second: float
    burst: float


@dataclass(frozen=True)
class Rates:
    """The limits. A presenter sends 20 viewports and 20 pointers a second; after a reconnect, pages send a burst."""

    all: Rate = Rate(100, 400)
    chat: Rate = Rate(5, 60)
    refusals: Rate = Rate(1, 100)  # refusals allowed; beyond them the socket is closed


class Bucket:
    def __init__(self, rate: Rate, now: float) -> None:
        self._rate, self._level, self._at = rate, rate.burst, now

    def take(self, now: float) -> float:
        """Takes one token: 0 if there was one, or else the seconds until there is one."""
        self._level = min(self._rate.burst, self._level + max(0.0, now - self._at) * self._rate.per_second)
        self._at = now
        if self._level >= 1:
            self._level -= 1
            return 0.0
        return (1 - self._level) / self._rate.per_second


class Limits:
    def __init__(self, rates: Rates, now: float) -> None:
        self._all, self._chat = Bucket(rates.all, now), Bucket(rates.chat, now)
        self._patience = Bucket(rates.refusals, now)

    def check(self, message: p.ClientMessage, now: float) -> None:
        wait = self._all.take(now)
        if not wait and isinstance(message, p.Data) and message.topic == "chat":
            wait = self._chat.take(now)
        if not wait:
            return
        close = Close.rate if self._patience.take(now) else None
        raise Refused(Code.rate_limited, "Too fast.", message.id, close, retry_after=round(wait, 3))
