"""Prints what must be printed whatever was typed: a sign stands for each character that no font has."""

from datetime import datetime
from typing import Any, Final

from telemed.documents.page import Page
from telemed.documents.register import RegisterPrint
from telemed.documents.render import render
from telemed.documents.report import ReportPrint
from telemed.documents.report_page import ReportPagePrint
from telemed.documents.round import NotePrint, RoundPrint
from telemed.errors import Invalid

AnyPrint = Page | ReportPrint | ReportPagePrint | RegisterPrint | NotePrint | RoundPrint
NO_GLYPH: Final = "〓"  # the typesetters' sign for a missing character
SIGN_MEANS: Final = f"{NO_GLYPH} 代替无法打印的字，原字见系统内本页。"


async def render_anyway(document: AnyPrint, at: datetime) -> bytes:
    """The PDF, with the sign in place of characters that no font has: these must not prevent the print."""
    while True:
        try:
            return await render(document, at)
        except Invalid as refused:
            rare = str(refused.extra.get("character", ""))
            if not rare:
                raise
            plain = _without(document, rare)
            if plain == document:
                raise  # the character is in the template or the seal, where it cannot be replaced
            document = plain


def _without(document: AnyPrint, rare: str) -> AnyPrint:
    """The document with the sign in place of the character `rare`, and a line that explains the sign."""

    def replaced(value: Any) -> Any:
        if isinstance(value, str):
            return value.replace(rare, NO_GLYPH)
        if isinstance(value, list):
            return [replaced(each) for each in value]
        return {key: replaced(each) for key, each in value.items()} if isinstance(value, dict) else value

    body = replaced(document.model_dump(mode="json"))
    if body == document.model_dump(mode="json"):
        return document
    body["note"] = body["note"].removesuffix(SIGN_MEANS) + SIGN_MEANS
    return _with_pictures(document, type(document).model_validate(body))


def _with_pictures(of: AnyPrint, plain: AnyPrint) -> AnyPrint:
    """Pictures are no part of what is dumped."""
    if not isinstance(of, ReportPrint) or not isinstance(plain, ReportPrint):
        return plain
    return plain.pictured({each.sha256: each.picture for each in of.images})
