"""Every write: right, lock, change, audit, outbox, in one transaction each."""
