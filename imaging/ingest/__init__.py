"""How a received file gets into the archive, the same for every door it came through."""
