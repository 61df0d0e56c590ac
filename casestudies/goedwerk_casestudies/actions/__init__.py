"""Every write on a story's road: right, lock, change, audit, in one transaction each."""
