"""The central server: what every window hands its applications to, on FastAPI and PostgreSQL."""
