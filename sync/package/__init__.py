"""Sealed packages on the window's side: made, carried for others, and the centre's answers taken in."""
