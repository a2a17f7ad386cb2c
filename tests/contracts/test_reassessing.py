"""Reassessing after closing, and taking note without a consent, on PostgreSQL as on SQLite."""

from tests.telemed.opinions.test_reassessing import (
    test_closed_while_it_must_be_reassessed_it_stays_open_to_the_hub_until_it_is,
    test_it_is_opened_again_to_the_hub_amended_by_another_lead_and_closes_a_week_later,
)
from tests.telemed.opinions.test_recall_noted import (
    test_a_consent_that_is_withdrawn_takes_it_from_the_hub_and_another_brings_it_back,
    test_reopened_and_then_called_off_the_branch_takes_note_of_what_nobody_reassesses,
    test_without_a_consent_the_branch_takes_note_and_the_hub_sees_nothing,
)

__all__ = (
    "test_a_consent_that_is_withdrawn_takes_it_from_the_hub_and_another_brings_it_back",
    "test_closed_while_it_must_be_reassessed_it_stays_open_to_the_hub_until_it_is",
    "test_it_is_opened_again_to_the_hub_amended_by_another_lead_and_closes_a_week_later",
    "test_reopened_and_then_called_off_the_branch_takes_note_of_what_nobody_reassesses",
    "test_without_a_consent_the_branch_takes_note_and_the_hub_sees_nothing",
)
