"""Documents to print: typed data in, the bytes of a PDF out."""
