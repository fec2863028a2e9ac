"""Removing personal data as the people here do it: what is found and chosen, what goes with it, and doing it again after a restore."""
