"""Run the jobs of a data folder in this process, on DBOS Transact."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING, Final

from engine.errors import Conflict, EngineError
from engine.observability import get_logger
from engine.stores.folder_lock import FolderLock
from ingestion.jobs.failures import database_failures
from ingestion.jobs.ledger import PROGRESS
from ingestion.jobs.locks import Locks
from ingestion.jobs.outcome import Outcome
from ingestion.jobs.pulse import Stopped
from ingestion.jobs.system import VERSION, WORKFLOW, System, silence
from ingestion.jobs.takeover import Takeover
from ingestion.jobs.values import JobProgress, JobSpec
from ingestion.jobs.work import Step

if TYPE_CHECKING:
    from dbos import DBOSClient

__all__ = ["Perform", "Runner"]

logger = get_logger(__name__)

Perform = Callable[[str, JobSpec, Step, threading.Event], Outcome]
"""Does a job of that id; ends with Stopped soon after the event is set."""

_POLL_S: Final = 0.2  # how soon a job is begun that was queued
_END_S: Final = 10.0  # how long the end of this process waits for jobs to stop
_ATTEMPTS: Final = 100  # how often a job is begun whose process ends each time


class Runner:
    """Begins the jobs that were queued, and goes on with those that another process left unfinished.

    There is one a folder, and DBOS allows one a process. Jobs that are stopped by `close` are gone on with by the next
    runner, or at once by another one that shares the database.
    """

    _present = threading.Lock()

    def __init__(self, system: System, perform: Perform, *, concurrency: int = 2) -> None:
        self._system = system
        self._perform = perform
        self._concurrency = concurrency
        self._running: dict[str, threading.Event] = {}
        self._lock = threading.Lock()
        self._held = ExitStack()  # what lasts from a launch to its end
        self._takeover: Takeover | None = None
        self._launched = self._closing = False

    def launch(self) -> None:
        """Start, or go on if it is running; Conflict if this process runs the jobs of another folder."""
        with self._lock:
            if self._launched:
                return
            if not self._present.acquire(blocking=False):
                raise Conflict("Jobs of another data folder run in this process.", remedy="Close those first.")
            try:
                self._held.callback(FolderLock(self._system.folder).release)
                self._launch()
            except BaseException:
                self._release()
                raise
            self._launched = True

    def stop(self, job_id: str) -> None:
        """Stop a job that was cancelled; return once it has stopped, at once if it does not run here."""
        event = self._running.get(job_id)
        if event is not None:
            event.set()
            self._await(lambda: job_id not in self._running)

    def close(self) -> None:
        """Stop everything; what is unfinished goes on when it is launched again, in whatever process."""
        with self._lock:
            if not self._launched:
                return
            self._closing = True
            self._interrupt()
            self._await(lambda: not self._running)
            from dbos import DBOS

            DBOS.destroy(destroy_registry=True)
            self._launched = self._closing = False
            self._release()

    def _release(self) -> None:
        self._held.close()
        self._takeover = None
        self._present.release()

    def _launch(self) -> None:
        silence()
        from dbos import DBOS

        client = self._queue()
        self._held.callback(client.destroy)
        if self._system.is_shared:
            self._takeover = self._seen(client)
        DBOS(
            config={
                "name": self._system.name,
                "system_database_url": self._system.url,
                "application_version": VERSION,
                "executor_id": self._system.owner,
                "log_level": "CRITICAL",
                "enable_otlp": False,
                "max_executor_threads": 4 * self._concurrency + 4,
                "sys_db_pool_size": self._system.connections,
                "notification_listener_polling_interval_sec": _POLL_S,
            }
        )

        def workflow(spec: str) -> str:
            return self._do(spec)

        DBOS.workflow(name=WORKFLOW, max_recovery_attempts=_ATTEMPTS)(workflow)
        DBOS.launch()
        if self._takeover is not None:
            self._takeover.start()

    def _queue(self) -> DBOSClient:
        """Make the queue before the launch: DBOS looks for new ones once a second only."""
        from dbos import DBOSClient

        if not self._system.exists:
            self._system.make()
        client = DBOSClient(system_database_url=self._system.url, application_name=self._system.name)
        client.register_queue(
            self._system.name,
            worker_concurrency=self._concurrency,
            partition_concurrency=1,
            polling_interval_sec=_POLL_S,
        )
        return client

    def _seen(self, client: DBOSClient) -> Takeover:
        """Be seen by the other processes that share the database."""
        takeover = Takeover(
            Locks(self._system.url),
            self._system.owner,
            busy=partial(_busy, client),
            recover=_recover,
            stop=self._interrupt,
        )
        self._held.callback(takeover.close)
        takeover.present()
        return takeover

    def _interrupt(self) -> None:
        for event in tuple(self._running.values()):
            event.set()

    def _do(self, spec: str) -> str:
        from dbos import DBOS

        job_id = DBOS.workflow_id or ""
        if self._closing:
            raise Stopped
        self._running[job_id] = event = threading.Event()
        logger.info("job %s begins", job_id)
        try:
            outcome = self._perform(job_id, JobSpec.from_json(spec), _step, event)
        except EngineError as error:
            logger.warning("job %s failed: %s", job_id, error)
            raise
        except Stopped:
            logger.info("job %s stops", job_id)
            raise
        except Exception:
            logger.exception("job %s failed", job_id)
            raise
        finally:
            del self._running[job_id]
        logger.info("job %s is done", job_id)
        return outcome.to_json()

    @staticmethod
    def _await(condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + _END_S
        while not condition() and time.monotonic() < deadline:
            time.sleep(0.01)


def _busy(client: DBOSClient) -> set[str]:
    """Return the names of the processes in which jobs are under way."""
    with database_failures():
        found = client.list_workflows(
            name=WORKFLOW, status="PENDING", app_version=VERSION, load_input=False, load_output=False
        )
    return {status.executor_id for status in found if status.executor_id}


def _recover(name: str) -> None:
    """Queue the jobs anew that were under way in a process."""
    from dbos import DBOS

    with database_failures():
        DBOS._recover_pending_workflows([name])


def publish(progress: JobProgress) -> None:
    """Record the progress of the job whose step runs in this thread."""
    from dbos import DBOS

    DBOS.set_event(PROGRESS, progress.to_json())


def _step(name: str, function: Callable[[], str]) -> str:
    from dbos import DBOS

    return DBOS.run_step({"name": name}, function)
