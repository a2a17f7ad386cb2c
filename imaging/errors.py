"""The errors of the archive, each with a stable code."""

import errno
from typing import ClassVar, Final


class ImagingError(Exception):
    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal"

    def __init__(self, detail: str, *, headers: dict[str, str] | None = None, **extra: object) -> None:
        super().__init__(detail)
        self.detail = detail
        self.headers = headers or {}
        self.extra = extra


class Invalid(ImagingError):
    status, code = 400, "invalid"


class NotSignedIn(ImagingError):
    status, code = 401, "not_signed_in"


class NotAllowed(ImagingError):
    status, code = 403, "not_allowed"


class NotFound(ImagingError):
    """It does not exist, or the caller may not see it: the answer is the same."""

    status, code = 404, "not_found"

    def __init__(self, detail: str = "There is no such thing here.") -> None:
        super().__init__(detail)


class SeveralCopies(ImagingError):
    status, code = 300, "several_copies"


class NotAcceptable(ImagingError):
    status, code = 406, "not_acceptable"


class Conflict(ImagingError):
    status, code = 409, "conflict"


class Gone(ImagingError):
    status, code = 410, "gone"


class PreconditionFailed(ImagingError):
    status, code = 412, "unsupported_version"


class TooLarge(ImagingError):
    status, code = 413, "too_large"


class UnsupportedMediaType(ImagingError):
    status, code = 415, "unsupported_media_type"


class Locked(ImagingError):
    status, code = 423, "locked"


class NotRenderable(ImagingError):
    """The object is stored, but no picture can be made of it."""

    status, code = 422, "not_renderable"


class Unavailable(ImagingError):
    status, code = 503, "unavailable"


class Busy(ImagingError):
    status, code = 503, "busy"


class NoSpace(ImagingError):
    """The disk is full: of this request only what was already acknowledged is kept."""

    status, code = 507, "no_space"

    def __init__(self) -> None:
        super().__init__("The archive's disk is full. Tell those who run it, then send it again.")


FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class Refused(Exception):
    """One file is refused. The code is stable; the sentence is for the person who sent it."""

    def __init__(self, code: str, sentence: str, **about: str) -> None:
        super().__init__(code, sentence)
        self.code = code
        self.sentence = sentence
        self.about = about
        """What is known of the file: study_uid, series_uid, sop_class, sop_uid."""
