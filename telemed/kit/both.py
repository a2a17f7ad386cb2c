"""A sentence in both languages."""

from typing import NamedTuple


class Both(NamedTuple):
    zh: str
    en: str

    def __call__(self, language: str) -> str:
        return self.en if language == "en" else self.zh
