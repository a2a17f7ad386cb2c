"""The API's inputs and outputs about files."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from telemed.files.model import FileKind
from telemed.kit.http import Input
from telemed.kit.model import Model


class Upload(Input):
    """The body is the file. A repeated upload with the same Idempotency-Key is the same file."""

    kind: Literal["attachment", "consent", "key_image", "paper_opinion"]
    name: str = Field(default="", max_length=200)


class FileOut(Model):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    sha256: str
    bytes: int
    media_type: str
    kind: FileKind
    name: str
    created_at: datetime
