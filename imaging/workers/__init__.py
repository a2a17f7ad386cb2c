"""Worker processes: files from outside are opened only there; the sandbox hands out the jobs."""
