-- The event streams of a session end with it, in every process (LISTEN docket_live).
CREATE FUNCTION "session_ends"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('docket_live', json_build_object('ended', OLD.token_hash)::text);
  RETURN NULL;
END $$;

CREATE TRIGGER "tell" AFTER DELETE ON "sessions"
  FOR EACH ROW EXECUTE FUNCTION "session_ends"();

-- Sessions and links of people who were removed from the configuration earlier, and of Docket itself.
DELETE FROM "sessions" s USING "people" p WHERE p.id = s.person_id AND NOT p.configured;
DELETE FROM "sign_in_links" l USING "people" p WHERE p.id = l.person_id AND NOT p.configured AND l.used IS NULL;
