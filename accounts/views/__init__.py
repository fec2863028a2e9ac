"""Pages about people, organisations, the audit trail and the mails of a first run."""
