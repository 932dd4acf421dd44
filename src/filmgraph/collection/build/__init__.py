"""A collection of any size made into an on-disk store."""
