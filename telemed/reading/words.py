"""The vocabulary of film reading (阅片): states, actions, capacities and the other coded words."""

from enum import StrEnum

from telemed.activities.words import Urgency as Urgency
from telemed.kit.activity import ACTIVITIES

KIND = ACTIVITIES.declare("reading")
AGREEMENT_SERVICE = "reading"  # the service that the agreement of the two hospitals must name


class ReadingPurpose(StrEnum):
    primary = "primary"
    over_read = "over_read"  # 复核: the branch has a report of its own, which the hub compares with its own reading


class Drawn(StrEnum):
    """What came of a study that a rule matches."""

    awaits_report = "awaits_report"  # of an over-read: not drawn before the branch's own report stands
    made = "made"  # a reading
    not_drawn = "not_drawn"  # beyond the rule's share
    asked_already = "asked_already"  # by a person
    no_clause = (
        "no_clause"  # neither a consent of the patient's stay nor a clause covers it, or the patient has withdrawn
    )
    no_agreement = "no_agreement"  # none covers reading on that day


class Grade(StrEnum):
    """How an over-read stands to the branch's own report."""

    agreement = "agreement"  # 一致
    minor = "minor"  # 轻微差异
    additional = "additional"  # 补充发现
    major = "major"  # 重大差异


class ReadingState(StrEnum):
    requested = "requested"
    assigned = "assigned"  # to a reader by name, who has not claimed it yet
    claimed = "claimed"
    written = "written"  # by the reporting doctor, waits for the review
    reviewed = "reviewed"  # by a second doctor; passed through on the way to issued
    provisional = "provisional"  # 急诊临时报告: issued by one doctor out of hours, still to be reviewed
    issued = "issued"
    addended = "addended"
    returned = "returned"  # to the branch
    withdrawn = "withdrawn"  # by the branch, before a report was issued


class ReportPageKind(StrEnum):
    """What a 附页 of an issued report says of its images."""

    recalled = "recalled"  # the study is not confirmed as the patient's any more
    reinstated = "reinstated"  # it is again
    grown = "grown"  # more images have come than it was written on


class ReadingAction(StrEnum):
    assign = "assign"
    claim = "claim"
    take_over = "take_over"
    release = "release"
    return_ = "return"
    resend = "resend"
    submit = "submit"  # the report, for review
    take_back = "take_back"  # by its author, before it is reviewed
    revise = "revise"  # back to its author, with reasons
    issue = "issue"  # 审核发布: reviewed and issued by one act
    issue_alone = "issue_alone"  # out of hours, before anybody has reviewed it
    withdraw = "withdraw"  # by the branch, which does not want it read any more
    addend = "addend"  # 补充 or 更正 of what was issued


class Who(StrEnum):
    """The capacities in which somebody acts on a reading; a person may have several."""

    requester = "requester"  # a requesting doctor, radiographer or radiologist of the branch
    reader = "reader"  # a radiologist of the hub
    assignee = "assignee"  # the reader to whom it was given by name
    author = "author"  # the reader who has written its report
    reviewer = "reviewer"  # another reader, more senior than the author; of two chiefs each reviews the other
    sole = "sole"  # the holder, where one signature is enough for now; or who wrote what was issued (`lookup.alone`)
    holder = "holder"  # the reader who has claimed it, while the claim is in force
    system = "system"


class AddendumKind(StrEnum):
    addition = "addition"  # 补充
    correction = "correction"  # 更正
    review = "review"  # 审核: of a provisional report


class Part(StrEnum):
    head = "head"
    neck = "neck"
    chest = "chest"
    heart = "heart"
    abdomen = "abdomen"
    pelvis = "pelvis"
    spine = "spine"
    breast = "breast"
    upper_limb = "upper_limb"
    lower_limb = "lower_limb"
    whole_body = "whole_body"


class Side(StrEnum):
    none = "none"
    left = "left"
    right = "right"
    both = "both"


class Subspecialty(StrEnum):
    neuro = "neuro"
    chest = "chest"  # 心胸
    abdomen = "abdomen"
    bones = "bones"  # 骨肌
    breast = "breast"
    any = "any"


class ReturnCode(StrEnum):
    incomplete = "incomplete"  # images are missing
    quality = "quality"
    wrong_patient = "wrong_patient"
    no_history = "no_history"
    other = "other"
