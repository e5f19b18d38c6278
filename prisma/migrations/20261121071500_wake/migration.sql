-- Sees to it that a job under this key will run after this transaction has been committed, and gives its id. One that
-- waits to be run is only held, for no worker takes it as long as it is. Else it is added, or made up to date; the
-- queue's own add_job adds nothing when a worker takes the waiting job between its two steps, and, asked again, sees
-- that the job runs.
CREATE FUNCTION "wake"(task text, payload json, queue text, job_key text, priority int DEFAULT 0, run_at timestamptz DEFAULT NULL)
RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  job bigint;
BEGIN
  IF wake.run_at IS NULL THEN
    SELECT j.id INTO job FROM graphile_worker._private_jobs j
    WHERE j.key = job_key AND j.is_available AND j.run_at <= now() FOR KEY SHARE SKIP LOCKED;
  END IF;
  WHILE job IS NULL LOOP
    job := (graphile_worker.add_job(task, payload, queue, wake.run_at, NULL, job_key, priority)).id;
  END LOOP;
  RETURN job;
END
$$;
