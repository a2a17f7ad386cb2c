"""All limits on what the archive takes in (security S23-S29)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    file_bytes: int = 4 << 30
    """One DICOM file as it arrives."""
    request_parts: int = 5_000
    """Parts of one STOW-RS request; a larger study takes several requests."""
    inflated_bytes: int = 256 << 20
    """A deflated data set, after inflating."""
    nesting: int = 32
    """Depth of sequences inside sequences."""
    elements: int = 2_000_000
    """Data elements of one file, nested ones counted."""
    decoded_bytes: int = 1 << 30
    """One decoded frame; a larger one is stored but not rendered."""
    upload_bytes: int = 16 << 30
    """One upload: a file, or a zip of files."""
    zip_members: int = 20_000
    zip_bytes: int = 16 << 30
    """All members of a zip together, unpacked."""
    zip_ratio: int = 200
    """Unpacked bytes per packed byte, beyond the first 10 MB."""
    workers: int = 2
    """Worker processes that one hospital may use at a time; there is one more, for the others."""
    worker_memory: int = 3 << 30
    worker_cpu_seconds: int = 60
    worker_wall_seconds: float = 120.0
    unpack_wall_seconds: float = 900.0
    unpack_slice_seconds: float = 1.0
    """After this time unpacking a zip lets others use the worker, before its next file."""
    upload_age_hours: int = 72
    """An unfinished upload is deleted after this."""
