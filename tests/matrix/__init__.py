"""Role by view by object: every address of the plugin and of the accounts, and who gets in."""
