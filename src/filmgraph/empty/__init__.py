"""Why an answer is empty, in plain words."""
