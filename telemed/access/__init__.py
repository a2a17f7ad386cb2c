"""Who is asking, what they may do, and whose patient they may see."""
