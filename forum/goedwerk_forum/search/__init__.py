"""Full-text search over what anybody may read; nothing of a search is kept or logged."""
