"""Approving, issuing and withdrawing packs × who asks. A chair of the CSP Executive approves: see `test_pack_acts`."""

from collections.abc import Callable

from reporting.models import Pack
from tests.factories.packs import PackApprovalFactory, PackFactory
from tests.permission_cases import Case, World

IN, ON, OK = "in", "on", "ok"

# fmt: off
PAGES: dict[str, tuple[object, ...]] = {
    #                                nobody  data  other words coord exec  scrut admin chair chair2 supp
    "reporting:pack-build":          (IN,   403,  403,  403,  200,  403,  403,  403,  403,  403,  403),
    "reporting:pack-register":       (IN,   403,  403,  403,  200,  200,  403,  403,  403,  403,  403),
    "reporting:pack-register-csv":   (IN,   403,  403,  403,  200,  200,  403,  403,  403,  403,  403),
    "reporting:pack-approve":        (IN,   404,  404,  404,  403,  403,  404,  404,  404,  404,  404),
    "reporting:pack-approval-record": (IN,  404,  404,  404,  200,  403,  404,  404,  404,  404,  404),
    "reporting:pack-issue":          (IN,   404,  404,  404,  200,  403,  404,  404,  404,  404,  404),
    "reporting:pack-withdraw":       (IN,   404,  404,  404,  200,  403,  404,  404,  404,  404,  404),
}
POSTS: dict[str, tuple[object, ...]] = {
    #                                nobody  data  other words coord exec  scrut admin chair chair2 supp
    "reporting:pack-build":          (IN,   403,  403,  403,  OK,   403,  403,  403,  403,  403,  403),
    "reporting:pack-again":          (IN,   404,  404,  404,  OK,   403,  404,  404,  404,  404,  404),
    "reporting:pack-approve":        (IN,   404,  404,  404,  403,  403,  404,  404,  404,  404,  404),
    "reporting:pack-approval-record": (IN,  404,  404,  404,  OK,   403,  404,  404,  404,  404,  404),
    "reporting:pack-issue":          (IN,   404,  404,  404,  OK,   403,  404,  404,  404,  404,  404),
    "reporting:pack-withdraw":       (IN,   404,  404,  404,  OK,   403,  404,  404,  404,  404,  404),
}
# fmt: on


def _pack(world: World, **fields: object) -> Pack:
    pack: Pack = PackFactory(plan=world.plan, quarter=world.round.quarter, requested_by=world.someone, **fields)
    return pack


def _of(**fields: object) -> Callable[[World], Case]:
    def case(world: World) -> Case:
        pack = _pack(world, **fields)
        if pack.standing == Pack.Standing.APPROVED:
            PackApprovalFactory(pack=pack)
        return Case((pack.pk,), {"version": pack.version})

    return case


CASES: dict[str, Callable[[World], Case]] = {
    "reporting:pack-again": _of(),
    "reporting:pack-approve": _of(),
    "reporting:pack-approval-record": _of(),
    "reporting:pack-issue": _of(standing="approved"),
    "reporting:pack-withdraw": _of(issued=True),
}
