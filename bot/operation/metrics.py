"""What a process did and how it is, as Prometheus reads it. No label names a server, a feed or a text.

Nothing is kept here: each look turns ``bot.operation.vitals`` and what is stored into metrics, named by Prometheus' rules
(https://prometheus.io/docs/practices/naming/): base units, counters end in _total.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily

from bot.operation.health import State
from bot.operation.jobs import JOBS
from bot.operation.vitals import version

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from prometheus_client.core import Metric

    from bot.operation.health import Health, Stored
    from bot.operation.vitals import Durations, Vitals

STATES = {state: number for number, state in enumerate(State)}


def text(vitals: Vitals, stored: Stored, health: Health) -> bytes:
    """Return all metrics in Prometheus' text format."""
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)  # processor, memory and file handles
    registry.register(_Families([*_did(vitals), *_is(vitals), *_kept(stored), *_judged(health)]))
    return generate_latest(registry)


class _Families:
    """Metrics as the registry takes them."""

    def __init__(self, families: Iterable[Metric]) -> None:
        self._families = tuple(families)

    def collect(self) -> Iterable[Metric]:
        """Return them."""
        return self._families


# ------------------------------------------------------------------------------------------------------------ families
def _did(vitals: Vitals) -> Iterator[Metric]:
    """What was done since the process started."""
    yield _counter("debrief_briefing_messages", "Messages of briefings, by how they ended.", "result", vitals.briefings)
    yield _counter("debrief_feed_visits", "Visits to feeds, by how they ended.", "result", vitals.feeds)
    yield CounterMetricFamily("debrief_articles_read", "Articles that visits to feeds brought.", vitals.articles)
    yield _counter("debrief_discord_requests", "Requests to Discord, by how it answered.", "result", vitals.discord)
    yield CounterMetricFamily("debrief_gateway_connections", "Times Discord's gateway took us in.", vitals.connections)
    yield CounterMetricFamily(
        "debrief_workers_replaced", "Workers that died, took too long or grew too large.", vitals.workers_replaced()
    )
    questions = _histogram("debrief_question_seconds", "Time to answer a question.", vitals.questions, "status")
    yield questions
    yield _histogram(
        "debrief_interaction_acknowledged_seconds",
        "Time from a command's arrival until Discord had our first answer to it.",
        {"": vitals.acknowledged},
    )
    yield _histogram("debrief_event_loop_lag_seconds", "How late the event loop was.", {"": vitals.lag})
    yield _histogram("debrief_database_seconds", "Time that a transaction had its connection.", {"": vitals.database})


def _is(vitals: Vitals) -> Iterator[Metric]:
    """How the process is."""
    process = vitals.process()
    yield _gauge("debrief_gateway_connected", "1 while Discord's gateway has us.", process.connected_since is not None)
    yield _gauge("debrief_gateway_latency_seconds", "Time to Discord's gateway and back.", vitals.latency())
    yield _gauge("debrief_requests_in_work", "Requests of people that are worked on or wait.", process.requests)
    yield _gauge("debrief_lease_held", "1 while this process may post.", process.holds_lease)
    build = GaugeMetricFamily("debrief_build_info", "Always 1.", labels=["version"])
    build.add_metric([version()], 1)
    yield build


def _kept(stored: Stored) -> Iterator[Metric]:
    """What is stored; nothing while the database cannot be used, lest it be taken for none."""
    if stored.problem is not None:
        return
    yield _gauge("debrief_articles", "Articles stored.", stored.articles)
    yield _gauge("debrief_feeds", "Feeds that are read.", len(stored.feeds))
    yield _gauge(
        "debrief_feeds_failing", "Feeds whose last visit failed.", sum(each.failures > 0 for each in stored.feeds)
    )
    yield _gauge("debrief_messages_waiting", "Messages on their way to Discord.", len(stored.waiting))
    yield _gauge("debrief_set_aside", "Articles and the like that crashed their reader twice.", len(stored.set_aside))
    if stored.newest_at:
        yield _gauge(
            "debrief_newest_article_timestamp_seconds", "Time of the newest article.", stored.newest_at.timestamp()
        )
    if stored.disk_left is not None:
        yield _gauge("debrief_disk_left_bytes", "Room left on the disk of the database.", stored.disk_left)
    known = [job for job in stored.jobs if job.name in {each.name for each in JOBS}]  # not those of channels' schedules
    success = GaugeMetricFamily(
        "debrief_job_last_success_timestamp_seconds", "When a job last succeeded.", labels=["job"]
    )
    failures = GaugeMetricFamily(
        "debrief_job_failures", "How often a job failed since it last succeeded.", labels=["job"]
    )
    for job in known:
        success.add_metric([job.name], job.last_success_at.timestamp() if job.last_success_at else 0)
        failures.add_metric([job.name], job.failures)
    yield success
    yield failures


def _judged(health: Health) -> Iterator[Metric]:
    """How bot.operation.health judges it."""
    yield _gauge("debrief_health_state", "The worst of all checks: 0 ok, 1 warning, 2 failing.", STATES[health.state])
    each = GaugeMetricFamily("debrief_check_state", "Each check: 0 ok, 1 warning, 2 failing.", labels=["check"])
    for check in health.checks:
        each.add_metric([check.name], STATES[check.state])
    yield each


def _counter(name: str, about: str, label: str, counts: Mapping[str, int]) -> Metric:
    family = CounterMetricFamily(name, about, labels=[label])
    for value, count in sorted(counts.items()):
        family.add_metric([value], count)
    return family


def _gauge(name: str, about: str, value: float) -> Metric:
    return GaugeMetricFamily(name, about, value)


def _histogram(name: str, about: str, by_label: Mapping[str, Durations], label: str = "") -> Metric:
    family = HistogramMetricFamily(name, about, labels=[label] if label else [])
    for value, durations in sorted(by_label.items()):
        family.add_metric([value] if label else [], _buckets(durations), durations.standing()[1])
    return family


def _buckets(durations: Durations) -> list[tuple[str, float]]:
    """Return how often it took up to each bound, as Prometheus counts: the smaller ones, too."""
    bounds, total = [*map(str, durations.bounds), "+Inf"], 0
    found: list[tuple[str, float]] = []
    for bound, count in zip(bounds, durations.standing()[0], strict=True):
        total += count
        found.append((bound, total))
    return found
