"""Worker processes that answer requests, and the pool that schedules, limits and kills them."""
