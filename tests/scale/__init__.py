"""A county at its full size on one laptop: 200 compounds, 60,000 households, 100,000 applications."""
