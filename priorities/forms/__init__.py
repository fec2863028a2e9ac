from priorities.forms.page import PriorityPage

__all__ = ["PriorityPage"]
