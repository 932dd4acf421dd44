"""Text made comparable, safe to print, and read as UTF-8."""
