"""How a received file gets into the archive, whichever way in it took."""
