"""A scripted evening at the window: `python -m tests.evening`."""
