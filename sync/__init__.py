"""Moving facts between the window and the centre."""
