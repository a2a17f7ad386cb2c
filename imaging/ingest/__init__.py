"""How files come in: STOW-RS, browser uploads, DIMSE; one pipeline behind them."""
