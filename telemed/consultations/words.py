"""The vocabulary of consultations: states, actions, capacities and the other coded words."""

from enum import StrEnum
from typing import Final, Literal

from telemed.activities.words import Urgency as Urgency
from telemed.kit.activity import ACTIVITIES

KIND = ACTIVITIES.declare("consultation")
AGREEMENT_SERVICE = "consultation"  # the service that the agreement of the two hospitals must name


class State(StrEnum):
    draft = "draft"
    submitted = "submitted"
    returned = "returned"
    approved = "approved"
    accepted = "accepted"
    scheduling = "scheduling"
    scheduled = "scheduled"
    ready = "ready"
    in_progress = "in_progress"
    interrupted = "interrupted"
    answering = "answering"
    signed = "signed"
    acknowledged = "acknowledged"
    executing = "executing"
    closed = "closed"
    archived = "archived"
    declined = "declined"
    discarded = "discarded"
    cancelled = "cancelled"
    no_show = "no_show"
    expired = "expired"


class Lacking(StrEnum):
    """What a reviewer may tick as missing from a request."""

    patient = "patient"
    patient_number = "patient_number"
    patient_age = "patient_age"
    allergy = "allergy"
    department = "department"
    ward = "ward"
    bed = "bed"
    attending = "attending"
    attending_phone = "attending_phone"
    purpose = "purpose"
    diagnosis = "diagnosis"
    history = "history"
    vitals = "vitals"
    tests = "tests"
    treatment = "treatment"
    medicines = "medicines"
    specialty = "specialty"
    title_wanted = "title_wanted"
    wishes = "wishes"
    agreement = "agreement"
    accompanying = "accompanying"
    consent = "consent"
    studies = "studies"
    ecg = "checklist.ecg"
    laboratory = "checklist.laboratory"
    echocardiogram = "checklist.echocardiogram"
    neurological_examination = "checklist.neurological_examination"
    pathology = "checklist.pathology"
    blood_gas = "checklist.blood_gas"
    previous_report = "checklist.previous_report"


class Mode(StrEnum):
    live = "live"
    written = "written"


class ParticipantRole(StrEnum):
    lead = "lead"  # 主会诊专家
    accompanying = "accompanying"  # 陪同医师
    expert = "expert"
    guest = "guest"


ESSENTIAL: Final = frozenset[str]({ParticipantRole.lead, ParticipantRole.accompanying})  # the meeting needs both


class Who(StrEnum):
    """The capacities in which somebody acts on a consultation; a person may have several."""

    requester = "requester"  # a requesting doctor of the branch
    senior_doctor = "senior_doctor"
    reviewer = "reviewer"
    duty_officer = "duty_officer"
    coordinator = "coordinator"
    dispatcher = "dispatcher"
    lead = "lead"
    accompanying = "accompanying"
    hub_expert = "hub_expert"  # any expert of the hub, who may take a stat consultation
    hub_duty_officer = "hub_duty_officer"  # stands in for the coordinators, when none of them acts
    system = "system"


CENTRE: Final = frozenset({Who.coordinator, Who.hub_duty_officer})


class Action(StrEnum):
    submit = "submit"
    discard = "discard"
    endorse = "endorse"
    approve = "approve"
    return_ = "return"
    accept = "accept"
    decline = "decline"
    redirect = "redirect"  # to another hub, which is asked instead
    name_lead = "name_lead"
    give_back = "give_back"
    replace_lead = "replace_lead"  # somebody else leads it, because the lead expert is away
    replace_accompanying = "replace_accompanying"
    book = "book"
    confirm = "confirm"  # every required participant has accepted
    unconfirm = "unconfirm"  # a participant asks for another time
    lapse = "lapse"  # the hold on the time ran out before everybody had accepted
    make_ready = "make_ready"
    make_unready = "make_unready"
    take = "take"  # the first to take a stat consultation
    start = "start"
    interrupt = "interrupt"
    resume = "resume"
    rebook = "rebook"
    end = "end"
    to_written = "to_written"
    sign = "sign"
    acknowledge = "acknowledge"
    execute = "execute"
    close = "close"
    reopen = "reopen"
    archive = "archive"
    cancel = "cancel"
    miss = "miss"
    expire = "expire"


class Reassessing(StrEnum):
    """Who looks again at an opinion whose images are not the patient's; where the hub may not, why."""

    hub = "hub"
    no_consent = "no_consent"  # every consent was withdrawn
    called_off = "called_off"  # it was reopened, and then called off


NOT_BEGUN: Final = "not_begun"  # the reason of asking how to go on: an emergency was taken, and they did not come
REOPENED: Final = "reopened"  # the same of an emergency that was closed: it does not ring again
CALLED_AWAY: Final = "called_away"  # the reason of an interruption: an expert left to answer an emergency

CancelReason = Literal["discharged", "transferred", "died", "changed", "refused", "resolved", "duplicate"]
DeclineReason = Literal["out_of_scope", "no_expert", "incomplete", "refer_in_person", "duplicate"]
RedirectReason = Literal["no_expert", "no_time", "better_placed", "asked_for", "fault", "other"]
ReplaceReason = Literal["ill", "emergency", "off_duty", "on_leave", "unreachable", "declined", "other"]
