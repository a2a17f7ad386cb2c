"""Stored files: originals are named by their hash, never by anything in the file."""
