"""Background work: mail, reminders, retention. Each job is one call."""
