"""Typesets a document with typst, in a thread; the PDF depends on the data only."""

import asyncio
import json
import re
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any

import segno
import typst

from telemed.documents.consent import ConsentForm
from telemed.documents.fonts import fonts
from telemed.documents.page import Page
from telemed.documents.record import PrintedImage, Record, Seal
from telemed.documents.register import RegisterPrint
from telemed.documents.report import ReportPrint
from telemed.documents.report_page import ReportPagePrint
from telemed.documents.round import NotePrint, RoundPrint
from telemed.errors import Invalid

Document = Record | Page | ConsentForm | ReportPrint | ReportPagePrint | RegisterPrint | NotePrint | RoundPrint
TEMPLATES = {
    Record: "record.typ",
    Page: "page.typ",
    ConsentForm: "consent.typ",
    ReportPrint: "report.typ",
    ReportPagePrint: "report_page.typ",
    RegisterPrint: "register.typ",
    NotePrint: "round_note.typ",
    RoundPrint: "round.typ",
}
SHARED = ("common.typ", "round_common.typ")
_few = asyncio.Semaphore(2)


async def render(document: Document, at: datetime) -> bytes:
    """The PDF/A-2b of `document`; the same data and time give the same bytes.

    Raises Invalid (reason `unprintable`, extra `character`) for a character that no font has, which typst
    itself would silently leave out.
    """
    async with _few:
        return await asyncio.to_thread(set_type, document, at)


def set_type(document: Document, at: datetime) -> bytes:
    sources = _sources(document)
    try:
        pdf: bytes = typst.compile(  # type: ignore[call-overload]  # its stub leaves out the dict of sources
            sources, font_paths=fonts(), format="pdf", pdf_standards=["a-2b"], timestamp=int(at.timestamp())
        )
    except typst.TypstError as failure:
        missing = re.search(r'the text `"(.+?)"` could not be displayed', str(failure))
        if missing is None:
            raise
        character = re.sub(r"\\u\{([0-9a-f]+)\}", lambda escaped: chr(int(escaped[1], 16)), missing[1])
        raise Invalid(
            f"The character {missing[1]} cannot be printed; write it another way.",
            reason="unprintable",
            character=character,
        ) from failure
    return pdf


def _sources(document: Document) -> dict[str, bytes]:
    sources = {"main.typ": template(TEMPLATES[type(document)])} | {name: template(name) for name in SHARED}
    body = document.model_dump(mode="json")
    if isinstance(document, ReportPrint):
        _pictures(body["images"], document.images)
    if isinstance(document, Record):
        _pictures(body["opinion"]["images"], document.opinion.images)
        body["opinion"]["lead"]["bytes"] = list(document.opinion.lead.picture)
    seal = getattr(document, "seal", None)
    if isinstance(seal, Seal) and seal.verify:
        sources["qr.svg"] = qr_code(seal.verify)
    sources["data.json"] = json.dumps(body, ensure_ascii=False).encode()
    return sources


def _pictures(into: list[dict[str, Any]], images: Sequence[PrintedImage]) -> None:
    for kept, image in zip(into, images, strict=True):
        kept["bytes"] = list(image.picture)  # typst's sources are text, so a picture is passed as numbers


def qr_code(text: str) -> bytes:
    out = BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", border=0, xmldecl=False, nl=False, omitsize=True)
    return out.getvalue()


@cache
def template(name: str) -> bytes:
    return (files("telemed.documents") / "templates" / name).read_bytes()
