"""Emitter by consumer: nobody hears what nobody emits, and docs/events.md says what the code does."""

import re

import pytest

from scripts.event_catalogue import ROOT, emitters, hearers, load
from telemed.bridge.consumers import HEARS
from telemed.history.events import Code, Event, Hint, News, Part, Words

# Past tenses without -ed; add new ones here by hand, so that mistakes are noticed.
PAST = {
    "begun",
    "given_back",
    "taken_back",
    "grew",
    "hidden",
    "left",
    "outgrown",
    "issued_alone",
    "made_ready",
    "made_unready",
    "made_written",
    "shown",
} | {
    "taken_over",
    "resent",
    "mistaken",
}
PAST |= {"overran", "paper_given_up", "seen", "taken", "time_turned_down", "withdrawn"}


# What no page of a consultation tells.
ELSEWHERE = {
    "admission",
    "study",
    "device",
    "hospital",
    "roster",
    "break_glass",
    "reading",
    "critical_finding",
    "marks",
}
ELSEWHERE |= {"marks", "round", "round_item", "round_note", "round_series", "instruction"}


def test_every_event_is_emitted_by_somebody() -> None:
    made = emitters()
    assert [name for name, each in load().items() if not made[each]] == []


def test_what_is_heard_is_emitted() -> None:
    made = emitters()
    for consumer, heard in HEARS.items():
        for each in heard:
            emitted = [name for name, kind in load().items() if issubclass(kind, each) and made[kind]]
            assert emitted, f"{consumer} hears {each.__name__}, which nobody emits"


def test_every_hint_has_a_hearer() -> None:
    deaf = [name for name, each in load().items() if issubclass(each, Hint) and not hearers(each)]
    assert deaf == [], "a hint that nobody hears is nothing"


def test_names_are_a_noun_and_what_happened_to_it() -> None:
    for name, each in load().items():
        assert re.fullmatch(r"[a-z_]+\.[a-z_]+", name), name
        past = name.partition(".")[2]
        assert past.endswith("ed") or past.removeprefix("execution_") in PAST, f"{name} is not in the past tense"
        assert each.__doc__, name
        assert issubclass(each, Event) is not issubclass(each, Hint), f"{name} is a fact, or it is none"


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_page_has_words_for_what_happens_to_an_activity(language: str) -> None:
    source = (ROOT / f"web/src/i18n/{language}/events.ts").read_text(encoding="utf-8")
    groups = re.findall(r"^  (\w+): \{(.*?)\}", source, re.S | re.M)
    words = {f"{group}.{word}" for group, body in groups for word in re.findall(r"(\w+):\s", body)}
    shown = {name for name, each in load().items() if issubclass(each, Event)}
    assert shown - words == {name for name in shown if name.partition(".")[0] in ELSEWHERE}


def test_a_text_must_say_whether_it_may_be_printed() -> None:
    with pytest.raises(TypeError, match=r"Careless\.name: say whether"):

        class Careless(Part):
            name: str


def test_what_about_says_is_not_said_twice() -> None:
    with pytest.raises(TypeError, match="hospital_id"):

        class Twice(Hint):
            hospital_id: Code


def test_a_type_belongs_to_one_class() -> None:
    with pytest.raises(TypeError, match=r"two events packet\.added"):

        class Again(Event):
            type = "packet.added"


def test_what_is_printed_holds_no_words_however_deep() -> None:
    class Row(Part):
        n: int
        reason: Words

    class Whole(Part):
        kind: Code
        said: Words | None
        names: tuple[Words, ...] = ()
        rows: tuple[Row, ...] = ()

    whole = Whole(kind="a", said="陈远山", names=("陈远山",), rows=(Row(n=1, reason="陈远山"),))
    assert whole.printed() == {"kind": "a", "rows": [{"n": 1}]}


def test_a_code_has_no_room_for_a_sentence() -> None:
    class Coded(Part):
        kind: Code

    for text in ("陈远山", "two words", "x" * 201):
        with pytest.raises(ValueError, match="pattern"):
            Coded(kind=text)


def test_no_consumer_hears_everything_by_accident() -> None:
    assert not any({News, Event, Hint} & set(heard) for heard in HEARS.values())
