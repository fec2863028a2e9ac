"""A file of a survey run elsewhere: read, its columns and answers told apart, looked at row by row, before anything of it counts."""
