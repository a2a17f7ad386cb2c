"""What the room server passes on, the product can read: the same bounds, and neither may import the other's."""

from signaling import codec
from telemed.kit import strict


def test_rooms_and_product_agree_on_what_can_be_read() -> None:
    rooms = codec.HIDDEN.pattern, codec.DEPTH, codec.LARGEST
    assert rooms == (strict.HIDDEN.pattern, strict.DEPTH, strict.LARGEST)
