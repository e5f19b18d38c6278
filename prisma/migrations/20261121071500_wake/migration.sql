-- Adds a job under a key, or makes the one that waits under it up to date. The queue's own add_job adds nothing when a
-- worker takes the waiting job between its two steps, and what the job was added for would wait for the next one; asked
-- again, it sees that the job runs, and adds another.
CREATE FUNCTION "wake"(task text, payload json, queue text, key text, priority int DEFAULT 0, run_at timestamptz DEFAULT NULL)
RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  job bigint;
BEGIN
  LOOP
    job := (graphile_worker.add_job(task, payload, queue, run_at, NULL, key, priority)).id;
    EXIT WHEN job IS NOT NULL;
  END LOOP;
  RETURN job;
END
$$;
