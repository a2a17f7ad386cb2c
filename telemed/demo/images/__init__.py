"""The demonstration's images: written by code, or copied from files that ship for testing and renamed."""
