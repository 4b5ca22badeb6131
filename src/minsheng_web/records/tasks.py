"""Background work, each keyed so that running it twice does it once."""

from datetime import date, datetime

from django_tasks import task

from minsheng_web.records.actions.closing_run import run_closing
from minsheng_web.records.actions.opening import open_due
from minsheng_web.records.actions.reading import run_reading
from minsheng_web.records.actions.report_sheets import run_batch
from minsheng_web.records.actions.simulations import run_simulation


@task()
def read_document_task(document_id: int, attempt: int) -> str:
    """Read one document for the given attempt."""
    return run_reading(document_id=document_id, attempt=attempt)


@task()
def take_sheets_task(batch_id: int, attempt: int) -> str:
    """Take in the workbooks of one batch for the given attempt."""
    return run_batch(batch_id=batch_id, attempt=attempt)


@task()
def close_period_task(closing_id: int, attempt: int) -> str:
    """Close one large period for the given attempt."""
    return run_closing(closing_id=closing_id, attempt=attempt)


@task()
def simulate_task(simulation_id: int) -> str:
    """Run one simulation."""
    return run_simulation(simulation_id=simulation_id)


@task()
def open_due_task(today: str, at: str) -> int:
    """Open every period that had begun on the day; opening twice opens once."""
    return open_due(today=date.fromisoformat(today), at=datetime.fromisoformat(at))
