"""Receipts: the record of an answer, and its verification.

`record` makes one, `identity` says what data it was asked of, `bibliography` what it cites, and `verification` asks
again and compares.
"""
