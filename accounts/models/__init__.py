from accounts.models.absence import Absence
from accounts.models.audit import AuditEvent
from accounts.models.erasure import ErasedPlace, Erasure
from accounts.models.installation import Installation
from accounts.models.mail import Mail
from accounts.models.organisation import Organisation, OrganisationName
from accounts.models.reminder import Reminder
from accounts.models.review import AccessReview, RoleConfirmation
from accounts.models.session import Session
from accounts.models.unsent import Unsent
from accounts.models.user import RoleGrant, User

__all__ = [
    "Absence",
    "AccessReview",
    "AuditEvent",
    "ErasedPlace",
    "Erasure",
    "Installation",
    "Mail",
    "Organisation",
    "OrganisationName",
    "Reminder",
    "RoleConfirmation",
    "RoleGrant",
    "Session",
    "Unsent",
    "User",
]
