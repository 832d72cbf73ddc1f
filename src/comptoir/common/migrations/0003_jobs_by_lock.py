from django.db import migrations

MAKE = """
CREATE INDEX IF NOT EXISTS common_jobs_by_lock ON procrastinate_jobs (lock)
WHERE lock IS NOT NULL
  AND status = ANY (ARRAY['todo'::procrastinate_job_status, 'doing'::procrastinate_job_status])
"""


class Migration(migrations.Migration):
    """The next job of a queue is found among the jobs of that queue.

    Without it, to ask whether another job holds the same lock is taken to be so dear that all jobs
    that wait are gone through in their order, whichever queue they are in, each time a worker
    looks. Few jobs have a lock: the index is small, and most jobs are not written to it.
    """

    dependencies = [
        ("common", "0002_counters_are_not_logged"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]

    operations = [migrations.RunSQL(MAKE, "DROP INDEX common_jobs_by_lock")]
