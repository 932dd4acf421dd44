"""Page content: the site, notes with passages, things, documents and answers, rendered with templates."""
