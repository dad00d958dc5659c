"""What everyone shares: errors, the moment and the actor, one way to write, the event log, the outbox and `Thing`."""
