"""Questions in plain English: finding the catalogue question that a text asks, and its parameter values.

Everything is reckoned from what the catalogue's files say and what things are called: no model, no network, and the
same text has the same readings every time.
"""
