"""The command line: one module a command; parses arguments, prints, and gives exit codes, nothing else."""
