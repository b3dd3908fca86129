"""Item models: lazy views over the store's queries, never over a list of everything."""
