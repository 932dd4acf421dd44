"""Building of on-disk stores from collections of any size."""
