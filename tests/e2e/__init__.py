"""The real program as a process, against the real centre."""
