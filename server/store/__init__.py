"""Everything the centre keeps: PostgreSQL rows, page files, and the operations that change them."""
