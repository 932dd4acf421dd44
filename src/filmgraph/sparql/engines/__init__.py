"""Queries written again so that engines that differ give the same answers."""
