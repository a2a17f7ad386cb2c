"""The API's inputs and outputs of imports: what a file would change, row by row."""

import json
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, TypeAdapter, ValidationError

from telemed.imports.running import RowState
from telemed.kit.http import Input
from telemed.kit.model import Model

LONGEST_FIXES = 6000  # characters of a query
_FIXES = TypeAdapter(list[tuple[str, str, str]])


def _fixes(text: str) -> str:
    try:
        _FIXES.validate_json(text or "[]")
    except ValidationError:
        raise ValueError("a list of [column, what the cell says, what it shall say]") from None
    return text


class ImportQuery(Input):
    """`fixes`: as JSON, a list of [column, what cells say, what they shall say]; chosen from what was suggested."""

    fixes: Annotated[str, AfterValidator(_fixes)] = Field(default="", max_length=LONGEST_FIXES)
    language: Literal["zh", "en"] = "zh"

    def by_cell(self) -> dict[tuple[str, str], str]:
        return {(column, text): better for column, text, better in json.loads(self.fixes or "[]")}


class TemplateQuery(Input):
    language: Literal["zh", "en"] = "zh"


class ImportText(Model):
    zh: str
    en: str


class ImportColumn(Model):
    key: str
    said: ImportText


class ImportFault(Model):
    """What is wrong at a column, or ("") with the row; `better`: what the cell would better say."""

    column: str
    said: ImportText
    better: str


class ImportRow(Model):
    """A row of the file: `cells` in the order of the columns, `before` what changed ones say now."""

    line: int
    state: RowState
    cells: list[str]
    before: dict[str, ImportText]
    wrong: list[ImportFault]


class ImportSheet(Model):
    name: str
    hidden: bool


class ImportCounts(Model):
    new: int
    changed: int
    same: int
    wrong: int


class ImportOut(Model):
    """What importing does, or (`done`) did. Of each state the first rows are listed; `counts` counts them all.

    `unread`: headings that mean nothing here; `sheets`: further sheets that were not read.
    """

    kind: str
    sheet: str
    done: bool
    counts: ImportCounts
    columns: list[ImportColumn]
    rows: list[ImportRow]
    unread: list[str]
    sheets: list[ImportSheet]
