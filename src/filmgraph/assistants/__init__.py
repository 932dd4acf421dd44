"""Assistants that use a graph as a tool, over the Model Context Protocol: every claim comes with its citations.

`tools` are what an assistant can call, without a protocol; `server` speaks the protocol, and is imported only by who
has the extra ``mcp``.
"""
