"""The centre's migrations: append-only, each run once, in order."""
