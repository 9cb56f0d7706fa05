"""Background work of channels and posts."""

from __future__ import annotations

from messaging.actions import pending_posts, reminders, search_index


def deliver_reminders() -> None:
    """Remind people of posts whose time has come (``settings.RECURRING_JOBS`` says how often)."""
    reminders.deliver_due()


def forget_pending_posts() -> None:
    """Delete the pending ids of posts that no client sends again."""
    pending_posts.forget_old()


def build_search_index(job_id: str = "") -> None:
    """Index all posts anew: a turn of the job, and the next turn when there is more; without an id, a new job."""
    job = search_index.continue_rebuild(job_id=job_id or search_index.start_rebuild(in_background=False).id)
    if job and job.status == search_index.IN_PROGRESS:
        search_index.enqueue_rebuild(job_id=job.id)
