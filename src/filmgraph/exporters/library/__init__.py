"""Parts that library formats share: descriptions, headings, notes, and MARC fields."""
