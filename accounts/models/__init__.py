from accounts.models.audit import AuditEvent
from accounts.models.installation import Installation
from accounts.models.mail import Mail
from accounts.models.organisation import Organisation, OrganisationName
from accounts.models.user import RoleGrant, User

__all__ = [
    "AuditEvent",
    "Installation",
    "Mail",
    "Organisation",
    "OrganisationName",
    "RoleGrant",
    "User",
]
