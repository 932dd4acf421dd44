"""What library formats have in common: descriptions, headings, notes, and MARC fields."""
