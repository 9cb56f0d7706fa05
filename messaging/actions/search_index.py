"""Indexing all posts anew: a job that administrators see, done in steps that a crash costs nothing but the last of.

Newest posts come first, so they are found first. While it runs, posts are indexed as they
change, and nothing is found less than before.
"""

from __future__ import annotations

import time

from django.db import transaction
from django.db.models import Q

from mattermost_site import clock, jobs
from mattermost_site.ids import new_id
from mattermost_site.models import Job
from messaging.models import Post
from messaging.search import index

TYPE = "post_search_indexing"
IN_PROGRESS, SUCCESS, CANCEL_REQUESTED, CANCELED = "in_progress", "success", "cancel_requested", "canceled"
BATCH = 500  # posts a transaction
TURN = 60.0  # seconds after which other background work has its turn


def start_rebuild(*, in_background: bool = True) -> Job:
    """The job that indexes all posts: the one that is under way, otherwise a new one."""
    with transaction.atomic():
        job = Job.objects.filter(type=TYPE, status=IN_PROGRESS).order_by("create_at").first() or _new_job()
        if in_background:
            enqueue_rebuild(job_id=job.id)
    return job


def enqueue_rebuild(*, job_id: str) -> None:
    """Have a background worker go on with a job."""
    jobs.enqueue("messaging.build_search_index", {"job_id": job_id}, key=f"{TYPE} {job_id}")


def _new_job() -> Job:
    now = clock.now()
    total = Post.objects.filter(delete_at=0).count()
    return Job.objects.create(
        id=new_id(),
        type=TYPE,
        create_at=now,
        start_at=now,
        last_activity_at=now,
        status=IN_PROGRESS,
        data={"done": "0", "total": str(total)},
    )


def continue_rebuild(*, job_id: str, seconds: float | None = None) -> Job | None:
    """Index batch after batch for a turn; answers the job as it stands, None when there is no such job."""
    until = time.monotonic() + (TURN if seconds is None else seconds)
    job = _step(job_id)
    while job and job.status == IN_PROGRESS and time.monotonic() < until:
        job = _step(job_id)
    return job


def _step(job_id: str) -> Job | None:
    with transaction.atomic():
        job = Job.objects.select_for_update().filter(id=job_id, type=TYPE).first()
        if job is None:
            return None
        if job.status == CANCEL_REQUESTED:
            job.status = CANCELED
        if job.status == IN_PROGRESS:
            _index_batch(job)
        job.last_activity_at = clock.now()
        job.save()
    return job


def _index_batch(job: Job) -> None:
    posts = _next_posts(job.data)
    index.add_posts(posts)
    done, total = int(job.data["done"]) + len(posts), int(job.data["total"])
    job.data = job.data | {"done": str(done)}
    if posts:
        job.data |= {"before": str(posts[-1].create_at), "before_id": posts[-1].id}
        job.progress = min(99, 100 * done // max(total, 1))
    else:
        index.remove_orphans()
        job.progress, job.status = 100, SUCCESS


def _next_posts(data: dict[str, str]) -> list[Post]:
    """The next posts, from new to old, after those that are done."""
    rows = Post.objects.filter(delete_at=0)
    if "before" in data:
        time, post_id = int(data["before"]), data["before_id"]
        rows = rows.filter(create_at__lte=time).filter(Q(create_at__lt=time) | Q(id__lt=post_id))
    fields = ("id", "create_at", "update_at", "delete_at", "type", "message", "hashtags")
    return list(rows.only(*fields).order_by("-create_at", "-id")[:BATCH])
