class PdfProblem(Exception):
    """The PDF can't be made; its text is a sentence for whoever asked for it, the trace belongs in the log."""
