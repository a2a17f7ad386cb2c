"""The index: the archive's database, with metadata and migrations of its own."""
