"""Asking for large print, Braille, audio, Easy Read and the like: from which page somebody asked, and who owes them an answer by when."""
