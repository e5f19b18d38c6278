-- DropIndex
DROP INDEX "console_messages_event_key";

-- AlterTable
ALTER TABLE "console_messages" DROP COLUMN "event",
DROP COLUMN "staff_only_of",
DROP COLUMN "ticket_id",
ADD COLUMN     "changed" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "files" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "held" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "staff_only" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "tickets" INTEGER[] DEFAULT ARRAY[]::INTEGER[],
ALTER COLUMN "key" SET NOT NULL;

-- CreateTable
CREATE TABLE "console_answers" (
    "id" SERIAL NOT NULL,
    "person_id" INTEGER NOT NULL,
    "page" UUID NOT NULL,
    "channel" TEXT NOT NULL,
    "thread" INTEGER,
    "view" JSONB NOT NULL,
    "created" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "console_answers_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "console_answers_person_id_page_idx" ON "console_answers"("person_id", "page");

-- CreateIndex
CREATE INDEX "console_answers_created_idx" ON "console_answers"("created");

-- CreateIndex
CREATE INDEX "console_messages_channel_changed_idx" ON "console_messages"("channel", "changed");

-- AddForeignKey
ALTER TABLE "console_answers" ADD CONSTRAINT "console_answers_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- Written by hand: every process hears of what is new, in the same transaction that writes it (LISTEN docket_live).
CREATE FUNCTION "console_message_changes"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.changed := clock_timestamp();
  PERFORM pg_notify('docket_live', json_build_object('message', NEW.id)::text);
  RETURN NEW;
END $$;

CREATE TRIGGER "tell" BEFORE INSERT OR UPDATE ON "console_messages"
  FOR EACH ROW EXECUTE FUNCTION "console_message_changes"();

CREATE FUNCTION "console_reaction_changes"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "console_messages" SET changed = now() WHERE id = coalesce(NEW.message_id, OLD.message_id);
  RETURN NULL;
END $$;

CREATE TRIGGER "tell" AFTER INSERT OR DELETE ON "console_reactions"
  FOR EACH ROW EXECUTE FUNCTION "console_reaction_changes"();

CREATE FUNCTION "console_answer_comes"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('docket_live', json_build_object('answer', NEW.id)::text);
  RETURN NULL;
END $$;

CREATE TRIGGER "tell" AFTER INSERT ON "console_answers"
  FOR EACH ROW EXECUTE FUNCTION "console_answer_comes"();

-- One notice for each commit, however many tickets it changes. Postgres takes 8,000 bytes: more tickets than fit are told
-- as null, "any".
CREATE FUNCTION "tickets_change"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE changed integer[] := (SELECT array_agg(DISTINCT ticket_id) FROM added);
BEGIN
  IF changed IS NOT NULL THEN
    PERFORM pg_notify('docket_live',
      json_build_object('tickets', CASE WHEN cardinality(changed) <= 500 THEN changed END)::text);
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER "tell" AFTER INSERT ON "transactions" REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION "tickets_change"();
