"""Tests of the imaging leaf, on real files."""
