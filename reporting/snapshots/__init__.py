"""Gather once, render many: all that a dashboard or pack shows of one quarter, complete and frozen."""
