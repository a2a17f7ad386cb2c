"""Bytes at rest: originals under the names of their hashes, never of anything in the file."""
