"""Money: what is there, what it is for, what of it is spent, what was asked for. Totals are added up when they are read."""
