"""Mails and robots have words for every ladder, and links as the pages spell them."""

from pathlib import Path

from telemed.app import kinds
from telemed.notify import words
from telemed.work.ladders import shape
from telemed.work.model import LADDERS, When

PATHS = Path(__file__).resolve().parents[3] / "web/src/paths.ts"


def test_every_ladder_has_words_in_both_languages() -> None:
    tell = [each for each in LADDERS if not shape(each).only_lasts]
    assert [each for each in tell if each not in words.WHOLE and each not in words.WHAT] == []
    for ladder in tell:
        for when in When:
            chinese, english = (words.said("state", ladder, when, language) for language in ("zh-CN", "en"))
            assert english.isascii()
            assert not chinese.isascii()


def test_nothing_is_said_in_one_language_alone() -> None:
    whole = [both for ladder in words.WHOLE.values() for both in ladder.values()]
    parts = [*words.WHAT.values(), *words.URGENCY.values(), *words.SAID.values(), words.ANYTHING]
    assert [both for both in (*whole, *parts) if not all(both)] == []


def test_every_kind_has_words_and_its_page_is_one_of_the_pages() -> None:
    paths = PATHS.read_text(encoding="utf-8")
    for kind in kinds():
        assert kind.called("en").isascii()
        assert not kind.called("zh-CN").isascii()
        assert f"'{kind.page.replace('{id}', ':id')}'" in paths
