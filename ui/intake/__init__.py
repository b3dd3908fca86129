"""Taking in one application: the eight steps, their pages, and what stands beside them."""
