"""What the verification page shows to a stranger: the output of its one route."""

from datetime import datetime
from typing import Literal

from telemed.kit.model import Model
from telemed.opinions.model import Method, PageKind


class Compared(Model):
    """One stored thing, hashed again."""

    part: Literal["text", "signature", "print", "stands", "sections", "pages"]
    matches: bool


class PageCompared(Model):
    """A 附页 as a stranger may see it; its hash is printed on it."""

    number: int
    kind: PageKind
    at: datetime
    sha256: str
    matches: bool


class VerifyOut(Model):
    """What a stranger with the print may see; no patient data."""

    number: str
    version: int
    branch: str
    branch_en: str
    hub: str
    hub_en: str
    signed_at: datetime
    method: Method
    sha256: str
    format: int  # of the signed text; from 2 on it holds all that its print shows
    compared: list[Compared]
    pages: list[PageCompared]
    hash_matches: bool  # all that was compared
    status: Literal["valid", "amended", "withdrawn"]
    latest: int
