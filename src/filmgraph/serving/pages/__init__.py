"""What pages show: the site, notes with passages, things, documents, answers; templates are rendered here."""
