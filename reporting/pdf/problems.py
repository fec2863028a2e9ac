class PackProblem(Exception):
    """The pack can't be made; its text is a sentence for the coordinator, the trace belongs in the log."""
