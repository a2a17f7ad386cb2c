"""What the wire may ask of files, and what it answers."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from telemed.files.model import FileKind
from telemed.kit.http import Input


class Upload(Input):
    """The body is the file itself. An Idempotency-Key makes a repeated upload the same file."""

    kind: Literal["attachment", "consent", "key_image", "paper_opinion"]
    name: str = Field(default="", max_length=200)


class FileOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    sha256: str
    bytes: int
    media_type: str
    kind: FileKind
    name: str
    created_at: datetime
