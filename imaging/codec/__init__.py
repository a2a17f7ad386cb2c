"""Pixels: decoding to numbers, rendering to pictures; used in worker processes only."""
