"""The processes that answer, and the pool that gives them work, limits them and kills them."""
