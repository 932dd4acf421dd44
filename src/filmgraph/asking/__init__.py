"""Questions in plain English: which question of the catalogue a text asks, with which values.

Everything is reckoned from what the catalogue's files say and what things are called: no model, no network, and the
same text has the same readings every time.
"""
