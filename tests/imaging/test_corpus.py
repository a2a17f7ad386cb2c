"""pydicom's files of each encoding: in by every way, back bit for bit, painted right or refused by name.

The whole corpus, with the files of pydicom-data, is in the bench (`make bench NAME=imaging`, corpus_not_exact).
"""

import warnings
from pathlib import Path

from tests.imaging.corpus import bundled_files, one_of_each
from tests.imaging.round_trip import round_trips, wrong

REFUSED = {
    "DICOMDIR-bigEnd": "dicomdir",
    "DICOMDIR-implicit": "dicomdir",
    "FileInfo.txt": "not_dicom",
    "IM000000": "truncated",
    "JPEGLSNearLossless_08.dcm": "no_uid",
    "JPEGLSNearLossless_16.dcm": "no_uid",
    "SC_rgb_jls_lossy_line.dcm": "no_uid",
    "UN_sequence.dcm": "no_uid",
    "UN_sequence_with_uids.dcm": "truncated",
    "chrJapMulti.dcm": "truncated",
    "chrSQEncoding.dcm": "no_uid",
    "chrSQEncoding_with_uids.dcm": "truncated",
    "fall.dcm": "no_uid",
    "meta_missing_tsyntax.dcm": "unsupported",
}
"""The images among them without pixels are `truncated`; those that lack UIDs go once more, with UIDs."""


async def test_files_of_each_encoding_come_back_exact_by_every_way_or_are_refused_by_name(tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of pydicom, about files that are wrong on purpose
        trips = await round_trips(tmp_path, one_of_each(bundled_files()))
    assert wrong(trips) == []
    first = {name.partition(" ")[2]: ways["STOW"] for name, ways in trips.items()}
    assert {name: trip.refused for name, trip in first.items() if trip.refused} == REFUSED
    frames = [each for trip in first.values() for each in trip.frames]
    pictures = {each for trip in first.values() for each in trip.pictures}
    assert set(frames) == {"exact"}
    assert len(frames) > 50
    assert pictures == {"right", "malformed"}, "badVR.dcm has no number of frames"
