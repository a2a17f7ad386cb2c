"""Pixels: decoding to numbers and rendering to pictures, in worker processes only."""
