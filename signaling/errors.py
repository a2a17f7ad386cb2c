"""Every way to refuse a request or a socket, under its name on the wire."""

from enum import IntEnum, StrEnum


class Close(IntEnum):
    bad_message = 4400
    auth = 4401
    forbidden = 4403
    hello_timeout = 4408
    replaced = 4409
    room_ended = 4410
    rate = 4429
    drain = 4503


class Code(StrEnum):
    bad_version = "bad_version"
    bad_message = "bad_message"
    unknown_type = "unknown_type"
    unauthenticated = "unauthenticated"
    ticket_expired = "ticket_expired"
    forbidden = "forbidden"
    not_found = "not_found"
    full = "full"
    locked = "locked"
    stale_gen = "stale_gen"
    resume_expired = "resume_expired"
    rate_limited = "rate_limited"
    too_large = "too_large"
    busy = "busy"
    no_space = "no_space"


class Refused(Exception):
    """The request is refused: it changed nothing, and the sender is told why. A close code ends the socket too."""

    def __init__(
        self, code: Code, msg: str, re: str | None = None, close: Close | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(msg)
        self.code, self.msg, self.re, self.close, self.retry_after = code, msg, re, close, retry_after
