from reporting.models.pack import Pack

__all__ = ["Pack"]
