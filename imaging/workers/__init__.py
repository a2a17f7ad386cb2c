"""Worker processes, the only place where files from outside are opened; the sandbox gives them jobs."""
