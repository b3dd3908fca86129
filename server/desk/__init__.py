"""The review desk: a few server-rendered pages for reviewers, in Chinese and English."""
