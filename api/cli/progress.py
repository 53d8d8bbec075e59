"""A job on the terminal, from its beginning to its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ingestion.jobs.service import JobService
    from ingestion.jobs.values import Job

__all__ = ["ended"]


def ended(jobs: JobService, job: Job) -> Job:
    """Return the job at its end; meanwhile show its progress on stderr if that is a terminal.

    Whoever interrupts it cancels it: what was written stays, and the same command goes on from there.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.fields[phase]:<9}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[chunks]} chunks {task.fields[note]}", markup=False),
        TimeElapsedColumn(),
    )
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("ingest", total=None, chunks=0, phase=job.state, note="")
        try:
            for now in jobs.follow(job.id):
                job, progress = now, now.progress
                phase = progress.phase or job.state
                bar.update(
                    task,
                    completed=progress.files,
                    total=progress.files_total,
                    chunks=progress.chunks,
                    phase=phase,
                    note=progress.note,
                )
        except KeyboardInterrupt:
            if job.is_active:
                jobs.cancel(job.id)
            raise
    return job
