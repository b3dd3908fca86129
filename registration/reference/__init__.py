"""Versioned data packs shipped with the program."""
