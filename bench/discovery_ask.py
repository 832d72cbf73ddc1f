"""Asks the ranking in this process, one request at a time: ``python -m bench.discovery_ask``.

Reads ``{"before": [profile], "people": [profile], "words": [text]}`` from standard input. Prints
how many milliseconds each answer took, and how many this process worked for it; and the most SQL
statements of one. What is asked first, by others, is not counted: the snapshot is mapped, compiled
code is read and the database has in its buffers what everybody asks for, as in a place that has run
for a while.
"""

import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

import bench.ready  # noqa: F401 (it sets Django up)
from comptoir.discovery.asking import asking_of
from comptoir.discovery.reasons import reasons_of_suggestions
from comptoir.discovery.search import search_products
from comptoir.discovery.suggest import for_you
from comptoir.people.actor import Actor

WARM = 50


@dataclass
class Answers:
    """Of one kind of request; ``found`` counts products, ``reasoned`` those with a reason line,
    ``kinds`` those of each kind of reason."""

    ms: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)
    queries: int = 0
    found: int = 0
    reasoned: int = 0
    kinds: dict[str, int] = field(default_factory=dict)


class Counting:
    """Counts the statements that are executed inside it."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.count += 1
        return execute(sql, params, many, context)


def suggestions(before: Sequence[int], people: Sequence[int]) -> Answers:
    """``before``: people who ask first and are not counted."""
    answers = Answers()

    def ask(person: int) -> None:
        actor = Actor(person, person)
        asking = asking_of(actor)
        found = for_you(actor, limit=24, asking=asking)
        reasons = reasons_of_suggestions(actor, found, asking=asking)
        answers.found += len(found)
        answers.reasoned += sum(reason.kind != "none" for reason in reasons.values())
        for reason in reasons.values():
            answers.kinds[reason.kind] = answers.kinds.get(reason.kind, 0) + 1

    for person in before:
        ask(person)
    answers = Answers()
    _timed(answers, [lambda person=person: ask(person) for person in people])  # type: ignore[misc]
    return answers


def searches(people: Sequence[int], words: Sequence[str]) -> Answers:
    answers = Answers()

    def ask(person: int, text: str) -> None:
        answers.found += len(search_products(Actor(person, person), text))

    _timed(
        answers,
        [
            lambda person=person, text=text: ask(person, text)  # type: ignore[misc]
            for person, text in zip(people, words, strict=True)
        ],
    )
    return answers


def _timed(answers: Answers, requests: Sequence[Callable[[], None]]) -> None:
    for number, request in enumerate(requests):
        with connection.execute_wrapper(counting := Counting()):
            begun, worked = time.perf_counter(), time.process_time()
            request()
            worked, taken = time.process_time() - worked, time.perf_counter() - begun
        if number >= WARM:
            answers.ms.append(round(1000 * taken, 3))
            answers.cpu_ms.append(round(1000 * worked, 3))
            answers.queries = max(answers.queries, counting.count)


def main() -> None:
    plan = json.load(sys.stdin)
    people, words = plan["people"], plan["words"]
    found = {
        "for_you": suggestions(plan["before"], people),
        "search": searches(people[: len(words)], words),
    }
    print(json.dumps({name: vars(answers) for name, answers in found.items()}))


if __name__ == "__main__":
    main()
