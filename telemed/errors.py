"""The errors that the product explains to its callers; any other exception is a bug."""


class TelemedError(Exception):
    """Has a stable code for programs, a sentence for people, and extra members for the problem document.

    The extra `reason` is a stable word, finer than the code, for which pages have a sentence of their own.
    """

    code, status = "error", 500

    def __init__(self, detail: str, **extra: object) -> None:
        super().__init__(detail)
        self.detail, self.extra = detail, extra


class StartRefused(Exception):
    """The program cannot start with these data or settings: says what, why and what to do, in both languages."""

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(f"{chinese}\n{english}")
        self.chinese, self.english = chinese, english


class NotFound(TelemedError):
    """It does not exist, or the caller may not see it: the answer is the same."""

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
    """It has changed since the caller read it; the extra `current` is its current form."""

    code, status = "stale", 412


class TooLarge(TelemedError):
    code, status = "too_large", 413


class TooMany(TelemedError):
    """The caller asked too often; the extra `retry_after` is how many seconds to wait."""

    code, status = "too_many", 429


class Unavailable(TelemedError):
    code, status = "unavailable", 503


class Busy(Unavailable):
    """Nothing was changed; the same request may succeed a moment later."""

    code = "busy"

    def __init__(self) -> None:
        super().__init__("The service is busy; nothing was saved. Try again in a moment.")


class NoSpace(Unavailable):
    """Nothing was changed, because the disk is full. Reading still works."""

    code, status = "no_space", 507

    def __init__(self) -> None:
        super().__init__("The server's disk is full; nothing was saved. Tell those who run it, then try again.")
