-- What somebody reads in one window is read in their others, too (LISTEN docket_live).
CREATE FUNCTION "console_read_changes"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('docket_live', json_build_object('reader', NEW.person_id)::text);
  RETURN NULL;
END $$;

CREATE TRIGGER "tell" AFTER INSERT OR UPDATE ON "console_reads"
  FOR EACH ROW EXECUTE FUNCTION "console_read_changes"();
