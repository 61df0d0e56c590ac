"""The demonstration: content, accounts, and one command that runs it all."""
