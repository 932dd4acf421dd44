"""From names to things and from things to names: finding, labelling, and reading typed values."""
