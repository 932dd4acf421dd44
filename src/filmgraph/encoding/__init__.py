"""Tools for who encodes a film: from words to citations, and back."""
