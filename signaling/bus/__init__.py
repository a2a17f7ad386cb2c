"""How what happened in a room reaches the product."""
