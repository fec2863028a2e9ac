from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import RoleGrant, User
from cspplan.sample.people import PASSWORD
from governance.models import Body, Membership


class Command(BaseCommand):
    help = "Print one sample sign-in for each role, and a second coordinator, because four eyes need two."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("There are no sample sign-ins in production.")
        sample = User.objects.filter(is_sample=True)
        if not sample.exists():
            self.stdout.write("No sample people here. People sign in with the link in their invitation.")
            return
        self.stdout.write(f"Sign in as one of these sample people, all with the password {PASSWORD}")
        today = timezone.localdate()
        for words, place in (("Subgroup chair", Membership.Role.CHAIR), ("Support officer", Membership.Role.SUPPORT)):
            one = Membership.objects.in_force(today).filter(role=place, body__kind=Body.Kind.SUBGROUP, user__in=sample)
            if held := one.select_related("user", "body").order_by("body__order", "pk").first():
                self.stdout.write(f"  {words:<21}  {held.user.email:<28}  {held.user.label}: {held.body}")
        for role in (role for role in RoleGrant.Role if role != RoleGrant.Role.MEMBER):
            holders = sample.holding(role, today).order_by("pk")
            for person in holders[: 2 if role == RoleGrant.Role.COORDINATOR else 1]:
                self.stdout.write(f"  {role.label:<21}  {person.email:<28}  {person.label}")
        if not settings.TOTP_REQUIRED:
            self.stdout.write(
                "The second factor (a code from an app) is off in this sample installation. In production coordinators, "
                "CSP Executive members and administrators always need it."
            )
