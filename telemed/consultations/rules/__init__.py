"""What a consultation may do and must have, as pure functions: no I/O, no SQL, not even through what they import."""
