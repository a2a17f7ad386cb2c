"""The page on which ladders are edited has words for every ladder that a feature declares."""

import re

import pytest

from scripts.event_catalogue import ROOT, load
from telemed.work.model import LADDERS


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_ladder_has_a_name_on_the_page(language: str) -> None:
    load()  # imports every feature, which declares its ladders
    source = (ROOT / f"web/src/i18n/{language}/ladderNames.ts").read_text(encoding="utf-8")
    (names,) = re.findall(r"^  name: \{(.*?)^  \}", source, re.S | re.M)
    assert set(LADDERS) - set(re.findall(r"^    (\w+):", names, re.M)) == set()
