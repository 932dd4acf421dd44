"""Answers from some of the documents alone: which are trusted, and what is left of the data."""
