"""Queries in separate processes, which can be killed."""
