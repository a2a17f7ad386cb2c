"""Joins PDFs into one file for reading. It has no seals; those are in the single files."""

from collections.abc import Sequence
from io import BytesIO


def joined(pdfs: Sequence[bytes], title: str) -> bytes:
    # Imported here, because pyHanko takes a second to import.
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.pdf_utils.writer import PdfFileWriter

    writer = PdfFileWriter()  # type: ignore[no-untyped-call]
    for pdf in pdfs:
        for page in PdfFileReader(BytesIO(pdf)).root["/Pages"]["/Kids"]:
            leaf = page.get_object()
            # /Parent would bring the whole file along, /Annots the field of its seal.
            for name in ("/Parent", "/Annots", "/StructParents"):
                leaf.pop(name, None)
            writer.insert_page(writer.import_object(leaf))  # type: ignore[no-untyped-call]
    writer.document_meta.title = title
    out = BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]
    return out.getvalue()
