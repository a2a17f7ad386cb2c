"""What an adapter raises when a hospital system could not say."""

from telemed.sources.model import Fault


class Failed(Exception):
    """`part`: which view or resource it concerns, if not all."""

    def __init__(self, fault: Fault, part: str = "") -> None:
        super().__init__(fault)
        self.fault, self.part = fault, part
