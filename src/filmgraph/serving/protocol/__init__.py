"""What goes over HTTP, without a server: requests, replies, negotiation, the SPARQL protocol, settings."""
