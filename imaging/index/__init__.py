"""The index: what the archive holds, as rows; its own metadata, its own migrations."""
