"""Ward rounds: series, sessions, lists, the run-sheet, instructions; and who sees which patient."""
