"""Explanations of empty answers, in plain English."""
