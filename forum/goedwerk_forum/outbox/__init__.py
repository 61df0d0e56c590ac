"""Work that a committed change asks for: claimed with a lease, done with its effect, never lost."""
