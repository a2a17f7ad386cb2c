"""Every failure the product can explain to its caller; anything else is a bug."""


class TelemedError(Exception):
    """A stable code for programs, a sentence for people, extra members for the problem document.

    `reason` in the extras is a stable word finer than the code, by which a page finds its own sentence.
    """

    code, status = "error", 500

    def __init__(self, detail: str, **extra: object) -> None:
        super().__init__(detail)
        self.detail, self.extra = detail, extra


class StartRefused(Exception):
    """The program does not start on what it was given: what, why and what to do, in both languages."""

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(f"{chinese}\n{english}")
        self.chinese, self.english = chinese, english


class NotFound(TelemedError):
    """It does not exist, or not for this caller: the two answer alike."""

    code, status = "not_found", 404


class NotAllowed(TelemedError):
    code, status = "not_allowed", 403


class NotSignedIn(NotAllowed):
    code, status = "not_signed_in", 401


class Invalid(TelemedError):
    code, status = "invalid", 422


class Conflict(TelemedError):
    code, status = "conflict", 409


class Stale(Conflict):
    """Changed since the caller read it; the extra member `current` is what it is now."""

    code, status = "stale", 412


class TooLarge(TelemedError):
    code, status = "too_large", 413


class TooMany(TelemedError):
    """Asked too often; the extra member `retry_after` says for how many seconds to wait."""

    code, status = "too_many", 429


class Unavailable(TelemedError):
    code, status = "unavailable", 503


class Busy(Unavailable):
    """Nothing was kept; the same request may pass a moment later."""

    code = "busy"

    def __init__(self) -> None:
        super().__init__("The service is busy; nothing was saved. Try again in a moment.")


class NoSpace(Unavailable):
    """Nothing was kept: the disk is full. What is stored can be read on."""

    code, status = "no_space", 507

    def __init__(self) -> None:
        super().__init__("The server's disk is full; nothing was saved. Tell those who run it, then try again.")
