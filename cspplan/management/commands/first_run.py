from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts import actions
from accounts.models import Installation, RoleGrant, User
from cspplan.sample import issuing, loader


class Command(BaseCommand):
    help = "Make an empty database ready: the plan, and either the sample years or a first administrator. Safe to run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-sample", action="store_true", help="the plan only, and a first administrator")
        parser.add_argument(
            "--administrator",
            default=settings.CONTACT_EMAIL,
            metavar="EMAIL",
            help="with --no-sample, the first administrator's email address (unless given, CONTACT_EMAIL)",
        )

    def handle(self, *args: Any, no_sample: bool, administrator: str, **options: Any) -> None:
        try:
            if no_sample:
                self.start_clean(administrator)
            else:
                self.start_with_samples()
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from None

    def start_with_samples(self) -> None:
        if settings.PRODUCTION:
            raise CommandError("Sample years are never loaded in production. Use first_run --no-sample.")
        if loader.load_sample():
            self.stdout.write("The plan and the sample years 2016-17 and 2017-18 are loaded.")
        else:
            loader.load_plan()  # what a later release ships besides: bodies, how the plan came about, money
            self.stdout.write("The sample years are here already; your changes are kept.")
        if issuing.load():
            self.stdout.write(
                "The sample packs for 2017-18 Q3 are issued, one for the CSP Executive and one for the public."
            )

    def start_clean(self, email: str) -> None:
        if Installation.objects.filter(holds_sample=True).exists():
            raise CommandError(
                "This database holds the sample years, so it cannot start clean. "
                "Set STATE_DIR (or DATABASE_URL) to an empty place and run this again."
            )
        new_plan, _ = loader.load_plan()
        self.stdout.write("The plan for 2017-21 is loaded." if new_plan else "The plan is here already; it was kept.")
        administrators = User.objects.holding(RoleGrant.Role.ADMINISTRATOR, timezone.localdate()).order_by("pk")
        if administrators.accepted().exists():
            self.stdout.write("There is an administrator already.")
            return
        first = administrators.first() or actions.invite(
            email=email, name="First administrator", roles=[RoleGrant.Role.ADMINISTRATOR], by=None
        )
        if settings.LOCAL_SIGN_IN:
            self.stdout.write(f"The first administrator is {first.email}. Open this link once to set a password:")
            self.stdout.write(f"  {actions.invitation_link(first)}")
        else:
            self.stdout.write(f"The first administrator is {first.email}, who signs in with {settings.OIDC.name}.")
        self.stdout.write("Then sign in, invite a coordinator under People, and follow First steps.")
