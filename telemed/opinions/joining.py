"""Put PDFs one behind the other into one to read. The seals stay with the single files: a joined one carries none."""

from collections.abc import Sequence
from io import BytesIO


def joined(pdfs: Sequence[bytes], title: str) -> bytes:
    # Here, because pyHanko takes a second to import, which a start need not pay.
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.pdf_utils.writer import PdfFileWriter

    writer = PdfFileWriter()  # type: ignore[no-untyped-call]
    for pdf in pdfs:
        for page in PdfFileReader(BytesIO(pdf)).root["/Pages"]["/Kids"]:
            leaf = page.get_object()
            # /Parent leads to the whole of its file, /Annots to the field of its seal.
            for name in ("/Parent", "/Annots", "/StructParents"):
                leaf.pop(name, None)
            writer.insert_page(writer.import_object(leaf))  # type: ignore[no-untyped-call]
    writer.document_meta.title = title
    out = BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]
    return out.getvalue()
