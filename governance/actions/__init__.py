"""Every change to a record of governance, by subject: `from governance.actions import updates`, then `updates.agree(...)`."""
