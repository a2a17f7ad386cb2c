"""The base of everything that is read from the wire, said on it, or kept as JSON."""

from typing import Final

from pydantic import BaseModel, ConfigDict

INCOMING: Final = object()
"""The validation context of what a request brings: `kit.uid` refuses then what it still reads where it is stored."""


class Model(BaseModel):
    """Its validator is built when it is first needed: to build all of them takes a fifth of a start."""

    model_config = ConfigDict(defer_build=True)
