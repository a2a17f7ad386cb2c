"""A number of an image is one that DICOM has, also where it is written as a text: what is kept can be read again."""

import pytest
from pydantic import ValidationError

from telemed.kit.table import new_id
from telemed.opinions.key_images import KeyImage
from tests.telemed.opinions.helpers import KEY_IMAGE


@pytest.mark.parametrize("field", ["frame", "series_number", "image_number", "image_count"])
@pytest.mark.parametrize("number", ["9" * 4000, 2**31])
def test_a_number_that_no_image_has_is_refused(field: str, number: object) -> None:
    image = KEY_IMAGE | {"file_id": str(new_id())}
    KeyImage.model_validate(image)
    with pytest.raises(ValidationError):
        KeyImage.model_validate(image | {field: number})
