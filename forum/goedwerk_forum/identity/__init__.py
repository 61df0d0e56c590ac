"""Keys, tokens, seals, pseudonyms: the only code that sees both a person and a participant."""
