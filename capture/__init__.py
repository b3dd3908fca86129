"""From light to a stored page: files are read, pages found, squared, judged and encoded."""
