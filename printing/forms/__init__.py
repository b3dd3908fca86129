"""Statutory forms and notices: each is data in the `forms` pack, drawn by the same few parts."""
