"""Answers as people and programs read them: rows, grids, footnotes, data frames, and one file per format."""
