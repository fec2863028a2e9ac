"""Counting consultations of 10,000, 100,000 and 1,000,000 responses: each breakdown beside its own bare GROUP BY, and the memory.

`python -m bench.consulting [RESPONSES...]` alone, or within `make bench`. The bare statement is what somebody would type at the database for the
same numbers, with nothing but its rows read; both are run in turns, and the medians compared.
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from tests.services import Services

ROOT = Path(__file__).resolve().parents[1]
SIZES = (10_000, 100_000, 1_000_000)
ROUNDS = {10_000: 31, 100_000: 9}  # three of what takes longer
MOST = 1.5  # times its own GROUP BY

Say = Callable[[str, float, str], None]


def fill(responses: int) -> str:
    """A consultation of so many responses, in one statement each: uneven, as people are. Returns its slug."""
    from django.db import connection

    from consultation.models import Channel, Concern, Consultation, Language, Option, Question

    slug = f"bench-{responses}"
    consultation = Consultation.objects.create(
        slug=slug, title=slug, state="closed", opens_on="2018-06-10", closes_on="2018-08-12", purge_on="2019-02-12"
    )
    for order, way in enumerate(("web", "kiosk", "paper", "imported"), start=1):
        Channel.objects.create(consultation=consultation, key=way, name=way, way=way, order=order)
    Language.objects.create(consultation=consultation, code="bn", name="Bengali")
    for order in range(1, 21):
        Concern.objects.create(consultation=consultation, key=f"c{order}", text=f"Concern {order}", order=order)
    asked = (
        ("concerns", "ranked", "concerns", ()),
        ("safe", "single", "safe", ("agree", "disagree", "unsure")),
        ("connection", "multiple", "connection", ("live", "work", "study", "visit")),
        ("light", "multiple", "further", ("parks", "streets", "estates")),
        ("trust", "scale", "further", ("1", "2", "3", "4", "5")),
    )
    for order, (key, kind, role, options) in enumerate(asked, start=1):
        question = Question.objects.create(
            consultation=consultation, key=key, kind=kind, role=role, text=key, order=order
        )
        for number, option in enumerate(options, start=1):
            Option.objects.create(question=question, key=option, text=option, order=number)
    with connection.cursor() as cursor:
        cursor.execute("SELECT setseed(0.5)")
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("SET session_replication_role = replica")  # no look-up for each key: all are right
        cursor.execute(RESPONSES, [consultation.pk, responses])
        cursor.execute(ANSWERS, [consultation.pk, consultation.pk])
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("RESET statement_timeout")
    return slug


# Skewed to the first of each; one in ten names nobody, most name three. One in fifty is not counted.
RESPONSES = """
    WITH held AS (
        SELECT c.id AS of,
               (SELECT array_agg(id ORDER BY "order") FROM consultation_concern WHERE consultation_id = c.id) AS concerns,
               (SELECT array_agg(id ORDER BY "order") FROM consultation_channel WHERE consultation_id = c.id) AS channels
        FROM consultation_consultation c WHERE c.id = %s
    ), drawn AS (
        SELECT n, 1 + floor(power(random(), 2) * 18)::int AS first, random() AS chance, random() AS way, random() AS tongue
        FROM generate_series(1, %s) AS n
    )
    INSERT INTO consultation_response (consultation_id, channel_id, token, language, received_on, first_id, second_id, third_id, standing,
        from_shared_address, was_fast, filled_the_trap, respondent, set_aside_because)
    SELECT of, channels[1 + floor(power(way, 2) * 4)::int], gen_random_uuid(), CASE WHEN tongue < 0.05 THEN 'bn' ELSE 'en' END,
        DATE '2018-07-02',
        CASE WHEN chance < 0.9 THEN concerns[first] END,
        CASE WHEN chance < 0.8 THEN concerns[first + 1] END,
        CASE WHEN chance < 0.7 THEN concerns[first + 2] END,
        CASE WHEN n %% 50 = 0 THEN 'held' ELSE 'counted' END, false, false, false, '', ''
    FROM drawn, held
"""
# Nine in ten answer a question; of those that take several, about every second answer is ticked.
ANSWERS = """
    INSERT INTO consultation_answer (response_id, question_id, option_id)
    SELECT r.id, o.question_id, o.id
    FROM consultation_response r
    JOIN (
        SELECT o.id, o.question_id, o."order", q.kind, COUNT(*) OVER (PARTITION BY o.question_id) AS of
        FROM consultation_option o JOIN consultation_question q ON q.id = o.question_id
        WHERE q.consultation_id = %s
    ) o ON (r.id * 7919 + o.question_id * 104729) %% 10 < 9
        AND CASE WHEN o.kind = 'multiple' THEN (r.id * 31 + o.id * 17) %% 2 = 0
                 ELSE o."order" = 1 + (r.id * 13 + o.question_id) %% o.of END
    WHERE r.consultation_id = %s
"""

OF = "r.consultation_id = %s AND r.standing = 'counted'"
JOINED = "consultation_answer a JOIN consultation_response r ON r.id = a.response_id"
TICKED = (
    "consultation_response r LEFT JOIN consultation_answer c ON c.response_id = r.id AND c.question_id = {connection}"
)


def breakdowns(consultation: Any) -> dict[str, tuple[Callable[[], object], str]]:
    """Each of ours with the bare statement beside it; `{connection}` is the question about it. By connection, both make it exclusive."""
    from consultation import gathering
    from consultation.connections import kind_of
    from consultation.models import Option, Question

    question = Question.objects.get(consultation=consultation, role="connection")
    several = list(Question.objects.filter(consultation=consultation, kind="multiple").values_list("pk", flat=True))
    ranks = {option.pk: kind_of(option) for option in Option.objects.filter(question=question)}
    closest = f"SELECT response_id, MIN(option_id) AS rank FROM consultation_answer WHERE question_id = {question.pk} GROUP BY 1"
    return {
        "responses by standing and channel": (
            lambda: gathering.by_standing(consultation),
            "SELECT r.standing, r.channel_id, COUNT(*) FROM consultation_response r WHERE r.consultation_id = %s GROUP BY 1, 2",
        ),
        "first choices by channel": (
            lambda: gathering.first_by_channel(consultation),
            f"SELECT r.channel_id, r.first_id, COUNT(*) FROM consultation_response r WHERE {OF} GROUP BY 1, 2",
        ),
        "second and third choices": (
            lambda: gathering.later_choices(consultation),
            f"SELECT r.second_id, COUNT(*) FROM consultation_response r WHERE {OF} GROUP BY 1;"
            f"SELECT r.third_id, COUNT(*) FROM consultation_response r WHERE {OF} GROUP BY 1",
        ),
        "languages": (
            lambda: gathering.by_language(consultation),
            f"SELECT r.language, COUNT(*) FROM consultation_response r WHERE {OF} GROUP BY 1",
        ),
        "answers by channel": (
            lambda: gathering.answers_by_channel(consultation),
            f"SELECT r.channel_id, a.option_id, COUNT(*) FROM {JOINED} WHERE {OF} GROUP BY 1, 2",
        ),
        "who answered where several may be given": (
            lambda: gathering.answered(consultation, several),
            f"SELECT a.question_id, COUNT(DISTINCT a.response_id) FROM {JOINED}"
            " JOIN consultation_question q ON q.id = a.question_id"
            f" WHERE {OF} AND q.kind = 'multiple' GROUP BY 1",
        ),
        "first choices by connection": (
            lambda: gathering.first_by_connection(consultation, question.pk, ranks),
            f"SELECT c.rank, r.first_id, COUNT(*) FROM consultation_response r LEFT JOIN ({closest}) c ON c.response_id = r.id"
            f" WHERE {OF} GROUP BY 1, 2",
        ),
        "answers by connection": (
            lambda: gathering.answers_by_connection(consultation, question.pk, ranks),
            f"SELECT c.rank, a.option_id, COUNT(*) FROM {JOINED} LEFT JOIN ({closest}) c ON c.response_id = r.id"
            f" WHERE {OF} AND a.question_id <> {question.pk} GROUP BY 1, 2",
        ),
    }


def run(sql: str, pk: int) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for statement in sql.split(";"):
            cursor.execute(statement, [pk])
            cursor.fetchall()


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def peak_megabytes(slug: str) -> float:
    """The most memory a process held that counted one consultation."""
    code = (
        "import django, resource; django.setup()\n"
        "from consultation import gathering; from consultation.models import Consultation\n"
        f"gathering.gather(Consultation.objects.get(slug={slug!r}))\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return int(told) / 1024


def consultations(say: Say, sizes: tuple[int, ...] = SIZES) -> bool:
    """Whether every breakdown kept within what is promised."""

    from consultation.models import Consultation

    kept, peaks = True, {}
    for size in sizes:
        slug = fill(size)
        consultation = Consultation.objects.get(slug=slug)
        for name, (ours, sql) in breakdowns(consultation).items():
            bare_one = partial(run, sql, consultation.pk)
            ours(), bare_one()  # warm
            took = [(seconds(ours), seconds(bare_one)) for _ in range(ROUNDS.get(size, 3))]
            counted, bare = (statistics.median(one) for one in zip(*took, strict=True))
            kept &= counted / bare <= MOST
            say(
                f"{size:,} responses: {name} / its bare GROUP BY",
                counted / bare,
                f"{counted * 1000:.0f} ms / {bare * 1000:.0f} ms",
            )
        peaks[size] = peak_megabytes(slug)
    first = peaks[sizes[0]]
    for size in sizes[1:]:
        say(
            f"{size:,} responses: peak memory / that of {sizes[0]:,}",
            peaks[size] / first,
            f"{peaks[size]:.0f} MB / {first:.0f} MB",
        )
    return kept


def main() -> None:
    sizes = tuple(int(one) for one in sys.argv[1:]) or SIZES
    with Services() as services:
        os.environ |= {
            "DATABASE_URL": f"{services.postgresql()}/postgres",
            "REDIS_URL": "",
            "JOBS_IN_PLACE": "yes",
            "STATE_DIR": str(services.folder / "var"),
            "DJANGO_SETTINGS_MODULE": "cspplan.settings",
            "LOG_LEVEL": "WARNING",
        }
        subprocess.run([sys.executable, "manage.py", "migrate", "--no-input", "--verbosity=0"], cwd=ROOT, check=True)
        import django

        django.setup()
        began = time.perf_counter()
        kept = consultations(lambda what, ratio, told: print(f"{ratio:6.2f}  {what} ({told})", flush=True), sizes)
        print(f"\n{time.perf_counter() - began:.0f} s; each within {MOST} of its own: {'yes' if kept else 'no'}")
        django.db.connections.close_all()
        sys.exit(not kept)


if __name__ == "__main__":
    main()
