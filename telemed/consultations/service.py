"""The front door: everything that other features may do with consultations or ask of them."""

from telemed.consultations.accepting import accept
from telemed.consultations.approving import approve, discard, endorse, return_, submit
from telemed.consultations.booking import answer, book, retitle
from telemed.consultations.clock import SWEEP_EVERY, sweep
from telemed.consultations.due_reviews import DueReviews
from telemed.consultations.dues import draft_deleted, draft_kept, execution_changed
from telemed.consultations.ending import acknowledge, cancel, close, close_when_done, sign
from telemed.consultations.expecting import due_by, lasts_until, order_due
from telemed.consultations.experts import add as add_expert
from telemed.consultations.experts import physician_of_branch
from telemed.consultations.experts import remove as remove_expert
from telemed.consultations.follow import lock_packet
from telemed.consultations.hearing import (
    CONSENTS_CHANGED,
    SETTINGS_CHANGED,
    consents_changed,
    settings_changed,
)
from telemed.consultations.ladders import DRAFT, PAPERS, SIGNING
from telemed.consultations.lookup import about, get, guard_input, locked, visible_to
from telemed.consultations.materials import images
from telemed.consultations.mdt import arrange as arrange_mdt
from telemed.consultations.meeting import end
from telemed.consultations.owing import ask_for_consents, ask_for_images
from telemed.consultations.ports import Lost, Opinions
from telemed.consultations.queries import late, listed, rows
from telemed.consultations.reassessing import over as reassessed
from telemed.consultations.reassessing import review as review_reassessing
from telemed.consultations.reassessing import who_reassesses
from telemed.consultations.redirecting import refuse_hub, takers
from telemed.consultations.replacing import replace_accompanying, replace_lead
from telemed.consultations.ringing import ring_at_others
from telemed.consultations.stays import consents_of
from telemed.consultations.work import (
    ask_for_section,
    ask_to_answer_anew,
    ask_to_close,
    ask_to_co_sign,
    ask_to_order,
)

__all__ = [
    "CONSENTS_CHANGED",
    "DRAFT",
    "PAPERS",
    "SETTINGS_CHANGED",
    "SIGNING",
    "SWEEP_EVERY",
    "DueReviews",
    "Lost",
    "Opinions",
    "about",
    "accept",
    "acknowledge",
    "add_expert",
    "answer",
    "approve",
    "arrange_mdt",
    "ask_for_consents",
    "ask_for_images",
    "ask_for_section",
    "ask_to_answer_anew",
    "ask_to_close",
    "ask_to_co_sign",
    "ask_to_order",
    "book",
    "cancel",
    "close",
    "close_when_done",
    "consents_changed",
    "consents_of",
    "discard",
    "draft_deleted",
    "draft_kept",
    "due_by",
    "end",
    "endorse",
    "execution_changed",
    "get",
    "guard_input",
    "images",
    "lasts_until",
    "late",
    "listed",
    "lock_packet",
    "locked",
    "order_due",
    "physician_of_branch",
    "reassessed",
    "refuse_hub",
    "remove_expert",
    "replace_accompanying",
    "replace_lead",
    "retitle",
    "return_",
    "review_reassessing",
    "ring_at_others",
    "rows",
    "settings_changed",
    "sign",
    "submit",
    "sweep",
    "takers",
    "visible_to",
    "who_reassesses",
]
