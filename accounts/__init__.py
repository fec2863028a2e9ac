"""Who you are: people, their organisations and roles, the audit trail, what was mailed."""
