"""The HTTP protocol layer: requests, replies, content negotiation, the SPARQL protocol, settings."""
