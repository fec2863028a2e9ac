"""Every change to a record of a consultation, by subject: `from consultation.actions import running`, then `running.open(...)`."""
