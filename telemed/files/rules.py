"""What may be uploaded: decided by the first bytes, not by the name."""

from typing import Final

from telemed.errors import Invalid, TooLarge

LARGEST: Final = {"application/pdf": 50 * 2**20, "image/jpeg": 30 * 2**20, "image/png": 30 * 2**20}
LARGEST_OF_ALL: Final = max(LARGEST.values())
MADE: Final = {"application/dicom": 2 * 2**20, "application/fhir+json": 2 * 2**20}  # by the product; nobody sends it
MOST_PIXELS: Final = 60_000_000
HEAD: Final = 1024
APPLE_BRANDS: Final = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif")


def media_type(head: bytes) -> str:
    """The media type, from the first kilobyte. Raises Invalid with reason `heic`, `empty` or `not_allowed_type`."""
    if not head:
        raise Invalid("The file is empty.", reason="empty")
    # Only at the start: PDF readers also find the mark later, but then a file could be of two types at once.
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"%PDF-"):
        return "application/pdf"
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head[4:8] == b"ftyp" and head[8:12] in APPLE_BRANDS:
        raise Invalid("HEIC pictures cannot be shown everywhere; save it as JPEG and send it again.", reason="heic")
    raise Invalid("Only PDF, JPEG and PNG files are taken.", reason="not_allowed_type")


def check_size(kind: str, size: int) -> None:
    largest = (LARGEST | MADE)[kind]
    if size > largest:
        raise too_large(largest)


def too_large(largest: int) -> TooLarge:
    return TooLarge(f"The file is larger than {largest // 2**20} MB.", reason="file_too_large", largest=largest)
