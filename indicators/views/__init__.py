"""Pages of the quarter's collection: returns, commentary, the coordinator's board, indicators."""
