"""The API's inputs and outputs about what beds need for rounds, by specialty."""

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from telemed.kit.http import Input, Versioned
from telemed.kit.model import Model
from telemed.rounds.words import Lack


def _once(found: list[str]) -> list[str]:
    return list(dict.fromkeys(found))


Lab = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Asked = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class RoundTemplateIn(Input):
    """`labs`: tests that must be there by name, each with its other names after a slash; none: any test will do."""

    needs: Annotated[list[Lack], Field(max_length=10)]
    labs: Annotated[list[Lab], Field(max_length=20), AfterValidator(_once)]
    questions: Annotated[list[Asked], Field(max_length=20), AfterValidator(_once)]


class RoundTemplateOut(Versioned):
    """`built_in`: nobody of this hub has changed it, and its version is 0."""

    specialty: str
    needs: list[Lack]
    labs: list[str]
    questions: list[str]
    built_in: bool
    changed_at: datetime | None


class RoundTemplateList(Model):
    items: list[RoundTemplateOut]
