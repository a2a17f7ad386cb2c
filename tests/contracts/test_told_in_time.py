"""Who is to come and the branch hear in time, and a study that grew is asked about, on both databases."""

from tests.telemed.consultations.conftest import submitted, venue
from tests.telemed.consultations.test_substitutes import (
    test_who_stands_in_once_the_meeting_should_have_begun_is_called_in_and_the_time_stands,
)
from tests.telemed.consultations.test_told_in_time import (
    test_an_accompanying_physician_who_declined_is_asked_again_and_the_branch_names_another,
    test_that_nobody_of_the_branch_is_there_is_told_to_who_asked_for_it_and_then_to_its_duty_officer,
    test_that_the_time_lapses_is_told_at_once_to_who_should_have_come_and_to_the_centre,
    test_who_has_answered_need_not_see_the_invitation_any_more,
)
from tests.telemed.studies.test_asking import (
    test_a_study_that_grows_after_somebody_confirmed_its_number_is_asked_about_again,
)

__all__ = (
    "submitted",
    "test_a_study_that_grows_after_somebody_confirmed_its_number_is_asked_about_again",
    "test_an_accompanying_physician_who_declined_is_asked_again_and_the_branch_names_another",
    "test_that_nobody_of_the_branch_is_there_is_told_to_who_asked_for_it_and_then_to_its_duty_officer",
    "test_that_the_time_lapses_is_told_at_once_to_who_should_have_come_and_to_the_centre",
    "test_who_has_answered_need_not_see_the_invitation_any_more",
    "test_who_stands_in_once_the_meeting_should_have_begun_is_called_in_and_the_time_stands",
    "venue",
)
