"""The API's outputs for a quality officer."""

from datetime import datetime
from enum import StrEnum

from telemed.consultations.shown import RowOut
from telemed.consultations.words import State
from telemed.kit.model import Model


class Concern(StrEnum):
    """Why a quality officer should look at a consultation; the most pressing first."""

    recalled = "recalled"  # an image of its signed opinion turned out not to be the patient's
    interrupted = "interrupted"
    late = "late"  # its state lasts too long
    opinion_late = "opinion_late"  # it was held and is not signed in time
    advice_late = "advice_late"  # adopted advice is not carried out in time
    amended = "amended"  # its opinion was changed after signing, within the last 30 days


class ConcernOut(Model):
    """`many`: how many there are of it, of which this person may not open `hidden`; `rows`: the newest others."""

    concern: Concern
    many: int
    hidden: int
    rows: list[RowOut]


class QualityOut(Model):
    """Of what its reader may see; at the hub also the numbers of all that it is asked for, without patients.

    `states`: how those stand now that were submitted since then, of which this person may not open `hidden`.
    """

    since: datetime
    hidden: int
    states: dict[State, int]
    concerns: list[ConcernOut]
