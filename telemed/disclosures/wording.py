"""How a change of settings is written in the export: in the words of the page, which are generated from it."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, Final
from zoneinfo import ZoneInfo

from telemed.disclosures.schemas import Mentioned

HOSPITALS: Final = {"hospital_id", "branch_id", "hub_id"}
MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")


@cache
def words(language: str) -> dict[str, Any]:
    """`web/src/features/disclosures/exported.test.ts` says what is in it, and that it is current."""
    every: dict[str, Any] = json.loads(files("telemed.disclosures").joinpath("words.gen.json").read_text("utf-8"))
    return dict(every[language])


@dataclass(frozen=True)
class Wording:
    """In a language, with the hospitals' names in it, and times of a zone."""

    language: str
    hospitals: Mapping[str, str]
    zone: ZoneInfo

    def action(self, action: str) -> str:
        """人员：修改"""
        what, _, verb = action.partition(".")
        said = words(self.language)
        return f"{said['what'].get(what, what)}{said['colon']}{said['verb'].get(verb, verb)}"

    def change(self, action: str, values: Mapping[str, Any] | None, names: Mapping[str, Mentioned]) -> str:
        """A line for each field. `names`: of what is mentioned by an id or a word."""
        what = action.partition(".")[0]
        said = (f"{self.field(what, name)} {self._value(what, name, of, names)}" for name, of in (values or {}).items())
        return "\n".join(said)

    def field(self, what: str, name: str) -> str:
        said = words(self.language)
        own: str | None = said["field_of"].get(what, {}).get(name)
        return own or str(said["field"].get(name, name))

    def _value(self, what: str, field: str, of: Any, names: Mapping[str, Mentioned]) -> str:
        said = words(self.language)
        match of:
            case None | "":
                return str(said["empty_of"].get(f"{what}.{field}", said["empty"]))
            case bool():
                return str(said["yes" if of else "no"])
            case int() if field == "fen":
                return str(Decimal(of) / 100)
            case list():
                return (
                    str(said["semicolon"]).join(self._value(what, field, each, names) for each in of) or said["empty"]
                )
            case dict():
                inner = ((name, each) for name, each in of.items() if each not in (None, ""))
                written = (f"{self.field(what, name)} {self._value(what, name, each, names)}" for name, each in inner)
                return str(said["comma"]).join(written)
        return self._word(what, field, str(of), names)

    def _word(self, what: str, field: str, raw: str, names: Mapping[str, Mentioned]) -> str:
        if field in HOSPITALS:
            return self.hospitals.get(raw, raw)
        if raw in names:
            return (self.language == "en" and names[raw].name_en) or names[raw].name
        if MOMENT.match(raw):
            return datetime.fromisoformat(raw).astimezone(self.zone).strftime("%Y-%m-%d %H:%M")
        values = words(self.language)["value"]
        return str(values.get(f"{what}.{field}", values.get(field, {})).get(raw, raw))
