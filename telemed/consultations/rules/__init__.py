"""The rules of a consultation as pure functions, without I/O or SQL, even in what they import."""
