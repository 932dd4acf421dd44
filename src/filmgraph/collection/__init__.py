"""Collections on disk: their files, the facts stated there, and the facts derived from them."""
