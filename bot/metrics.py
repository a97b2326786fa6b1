"""Figures about the bot's work for whoever watches it; never about who wrote or what."""

from __future__ import annotations

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.process_collector import ProcessCollector

CONTENT_TYPE = CONTENT_TYPE_LATEST
"""What `/metrics` answers in, for whoever collects."""

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)


class Metrics:
    """The counters of one running bot, in a registry of its own.

    Labels hold only words from short closed lists (a lane, an outcome, a language).
    """

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(namespace="quartierbot", registry=self._registry)
        self._updates = self._counter("updates", "Updates taken in", "outcome")
        self._questions = self._counter("questions", "Questions asked", "outcome", "language")
        self._messages = self._counter("messages", "Messages sent", "lane", "outcome")
        self._handling = Histogram(
            "quartierbot_handling_seconds",
            "From an update's arrival to its commit",
            buckets=_SECONDS,
            registry=self._registry,
        )

    def update(self, outcome: str, *, seconds: float) -> None:
        """Count one update (`handled`, `repeated`, `set_aside`) that took `seconds`."""
        self._updates.labels(outcome).inc()
        self._handling.observe(seconds)

    def question(self, outcome: str, *, language: str) -> None:
        """Count one question by what came of it (`answer`, `suggest`, `none`)."""
        self._questions.labels(outcome, language).inc()

    def message(self, lane: str, *, outcome: str) -> None:
        """Count one message by lane and what Telegram said (`sent`, `again`, `refused`, …)."""
        self._messages.labels(lane, outcome).inc()

    def watch(self, name: str, meaning: str, *, read: Callable[[], float]) -> None:
        """Show `read()` as `quartierbot_<name>` each time somebody looks."""
        Gauge(f"quartierbot_{name}", meaning, registry=self._registry).set_function(read)

    def page(self) -> bytes:
        """Return all figures in the form Prometheus collects."""
        return generate_latest(self._registry)

    def _counter(self, name: str, meaning: str, *labels: str) -> Counter:
        return Counter(f"quartierbot_{name}", meaning, labels, registry=self._registry)
