"""Pixels: decoding to numbers, rendering to pictures; runs in worker processes only."""
