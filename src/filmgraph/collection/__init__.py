"""A collection on disk: its files, the facts that they state, and what is derived from these."""
