-- The job queue has a schema of its own, `docket_worker`: in the library's default schema, another application on the
-- same database would share Docket's jobs. What waits in the old one is moved when the new one has been made.
-- The row of a job that waits is locked and not changed: a worker that takes it sees what this transaction commits.
CREATE OR REPLACE FUNCTION "wake"(task text, payload json, queue text, job_key text, priority int DEFAULT 0, run_at timestamptz DEFAULT NULL)
RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  job bigint;
BEGIN
  IF wake.run_at IS NULL THEN
    SELECT j.id INTO job FROM docket_worker._private_jobs j
    WHERE j.key = job_key AND j.is_available AND j.run_at <= now() FOR KEY SHARE SKIP LOCKED;
  END IF;
  WHILE job IS NULL LOOP
    job := (docket_worker.add_job(task, payload, queue, wake.run_at, NULL, job_key, priority)).id;
  END LOOP;
  RETURN job;
END
$$;
