"""The transfer syntaxes that the code treats specially (PS3.6 annex A)."""

IMPLICIT_LE, EXPLICIT_LE = "1.2.840.10008.1.2", "1.2.840.10008.1.2.1"
DEFLATED_LE, EXPLICIT_BE = "1.2.840.10008.1.2.1.99", "1.2.840.10008.1.2.2"
RLE = "1.2.840.10008.1.2.5"
HTJ2K_LOSSLESS_RPCL = "1.2.840.10008.1.2.4.202"
