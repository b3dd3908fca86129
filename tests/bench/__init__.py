"""The timed targets, measured by `make bench`; no test depends on a figure here."""
