"""What mails and robots say of ward rounds, to whom nothing is due: whole sentences, by ladder."""

from typing import Final

from telemed.kit.both import Both
from telemed.work.model import When

OF_ROUNDS: Final = {
    "round_invited": dict.fromkeys(
        When, Both("邀请您主查一场查房，请查看并答复", "You are asked to lead a ward round: please see and answer")
    ),
    "round_booked": dict.fromkeys(
        When, Both("您参加的一场查房已排定时间", "A ward round that you take part in has a time")
    ),
    "round_moved": dict.fromkeys(When, Both("您参加的一场查房已改期", "A ward round that you take part in was moved")),
    "round_time_kept": dict.fromkeys(
        When,
        Both(
            "您提出的查房时间未能安排，请查看说明，按原定时间答复",
            "The time that you proposed for a ward round could not be had: please see why, and answer for the old one",
        ),
    ),
    "round_place_closed": dict.fromkeys(
        When,
        Both(
            "您参加的一场查房时间不变，原定场所停用，将另行安排",
            "A ward round that you take part in keeps its time; its place is closed, and another is arranged",
        ),
    ),
    "round_relieved": dict.fromkeys(When, Both("一场查房不再需要您参加", "You need not come to a ward round any more")),
    "round_called_off": dict.fromkeys(
        When, Both("您参加的一场查房已取消", "A ward round that you take part in was called off")
    ),
    "round_written": dict.fromkeys(
        When,
        Both(
            "您参加的一场查房改为书面，不再集中进行，请主查逐床答复",
            "A ward round that you take part in is a written one now: its lead answers bed by bed",
        ),
    ),
    "round_takes_over": dict.fromkeys(
        When,
        Both(
            "请您接手一场查房（主查或审签记录），请立即查看",
            "You take over a ward round, to lead it or to sign its notes: please look now",
        ),
    ),
    "round_put_forward": dict.fromkeys(
        When,
        Both(
            "病区提请您决定一位锁定后加入的查房患者",
            "The ward puts a patient forward who was added after locking: please decide",
        ),
    ),
}
