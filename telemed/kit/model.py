"""The base of everything that is read from the wire, said on it, or kept as JSON."""

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """Its validator is built when it is first needed: to build all of them takes a fifth of a start."""

    model_config = ConfigDict(defer_build=True)
