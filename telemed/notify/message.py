"""A message as it goes out: a sentence, how urgent, when, and the way to the page. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from telemed.kit.both import Both
from telemed.notify import words
from telemed.work.model import Deadline, When

ENGLISH = "en"


@dataclass(frozen=True)
class Message:
    """`lines`: label and text. `urgent`: whoever is told should look at once."""

    title: str
    lines: tuple[tuple[str, str], ...] = ()
    link: str = ""
    open: str = ""  # what the link is called
    urgent: bool = False

    @property
    def text(self) -> str:
        told = [f"{label}：{value}" if label else value for label, value in self.lines]
        return "\n".join([self.title, *told, *([f"{self.open}：{self.link}"] if self.link else [])])


def of_deadline(
    deadline: Deadline,
    when: When,
    called: Both,
    language: str,
    zone: str,
    link: str,
    *,
    guessed: Sequence[int] = (),
) -> Message:
    """`called`: what its activity is called; `link`: of its page. `guessed`: the years that the due touches of unknown
    public holidays.
    """
    kind = called(language)
    urgency = words.URGENCY.get(deadline.urgency)
    sentence = words.said(deadline.kind, deadline.ladder, when, language)
    mark = f"【{urgency(language)}】" if urgency and deadline.urgency == "stat" else ""
    return Message(
        title=f"{mark}{kind}：{sentence}" if language != ENGLISH else f"{mark}{kind}: {sentence}",
        lines=(
            *(((words.HOW_URGENT(language), urgency(language)),) if urgency else ()),
            (words.AT(language), time_in(zone, deadline.due_at)),
            *((("", words.ESTIMATE(language).format(years=" / ".join(map(str, guessed)))),) if guessed else ()),
        ),
        link=link,
        open=words.OPEN(language),
        urgent=deadline.urgency == "stat",
    )


def of_calendar(what: str, where: str, starts: datetime, language: str, zone: str, link: str) -> Message:
    """What a mail says that only keeps somebody's calendar right. `what`: has happened to which kind of activity."""
    place = ((words.PLACE(language), where),) if where else ()
    return Message(
        title=what,
        lines=((words.AT(language), time_in(zone, starts)), *place),
        link=link,
        open=words.OPEN(language),
    )


def test(language: str, zone: str, now: datetime, link: str) -> Message:
    return Message(
        title=f"{words.SYSTEM(language)} · {words.TEST(language)}",
        lines=((words.AT(language), time_in(zone, now)),),
        link=link,
        open=words.OPEN(language),
    )


def time_in(zone: str, at: datetime) -> str:
    """By the clock of the receiver's hospital, whose zone is named."""
    return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M} ({zone})"
