"""Workbooks for tests, written as Excel writes them, or as nobody should."""

import io
import zipfile
from collections.abc import Callable, Iterable

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet


def workbook(rows: Iterable[Iterable[object]], change: Callable[[Worksheet, Workbook], object] | None = None) -> bytes:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for each in rows:
        sheet.append(list(each))
    if change is not None:
        change(sheet, book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_sheet(data: bytes, xml: bytes) -> bytes:
    """The same workbook with other XML in the place of its first sheet."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for each in before.namelist():
            after.writestr(each, xml if each == "xl/worksheets/sheet1.xml" else before.read(each))
    return out.getvalue()
