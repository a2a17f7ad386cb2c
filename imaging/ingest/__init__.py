"""How received files, from any entrance, get into the archive."""
