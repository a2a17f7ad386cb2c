"""A table as a file for a spreadsheet: CSV (RFC 4180), UTF-8 with a byte order mark for Excel."""

import csv
import io
from collections.abc import Iterable
from typing import Final, NamedTuple

MOST: Final = 10_000  # rows of a file
MARK: Final = "\ufeff"
# A spreadsheet takes a cell that begins so for a formula (S21); a tab or a return may stand before it.
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


class Exported(NamedTuple):
    """A file; `cut_at`: so many rows are in it and older ones are not."""

    data: bytes
    cut_at: int | None


def table(heads: list[str], lines: Iterable[list[str]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(heads)
    writer.writerows([_harmless(cell) for cell in line] for line in lines)
    return (MARK + out.getvalue()).encode()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
