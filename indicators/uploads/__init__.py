"""Figures that come in a file: what it offers, what each cell of it would change, and recording that, all or nothing."""
