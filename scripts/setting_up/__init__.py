"""What `scripts/setup.py` is made of; needs only Python's own library, because nothing else is there yet."""
