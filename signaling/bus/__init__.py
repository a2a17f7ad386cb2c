"""The way of a room's events to the product."""
