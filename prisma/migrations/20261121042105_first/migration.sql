-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "tickets" (
    "id" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "queue" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "priority" INTEGER NOT NULL,
    "owner_id" INTEGER,
    "due" TIMESTAMPTZ(3),
    "next" TEXT NOT NULL,
    "resolution" TEXT NOT NULL,
    "time_worked" INTEGER NOT NULL,
    "merged_into" INTEGER,
    "created" TIMESTAMPTZ(3) NOT NULL,
    "started" TIMESTAMPTZ(3),
    "resolved" TIMESTAMPTZ(3),
    "told" TIMESTAMPTZ(3),
    "updated" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tickets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "transactions" (
    "id" BIGSERIAL NOT NULL,
    "ticket_id" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_id" INTEGER NOT NULL,
    "command" UUID NOT NULL,
    "via" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "change" JSONB NOT NULL,
    "body" TEXT NOT NULL,
    "staff_only" BOOLEAN NOT NULL,
    "amends" BIGINT,

    CONSTRAINT "transactions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "watchers" (
    "ticket_id" INTEGER NOT NULL,
    "role" TEXT NOT NULL,
    "person_id" INTEGER NOT NULL,
    "seq" BIGSERIAL NOT NULL,

    CONSTRAINT "watchers_pkey" PRIMARY KEY ("ticket_id","role","person_id")
);

-- CreateTable
CREATE TABLE "links" (
    "ticket_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "other_id" INTEGER NOT NULL,
    "seq" BIGSERIAL NOT NULL,

    CONSTRAINT "links_pkey" PRIMARY KEY ("ticket_id","kind","other_id")
);

-- CreateTable
CREATE TABLE "field_values" (
    "ticket_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "value" JSONB NOT NULL,

    CONSTRAINT "field_values_pkey" PRIMARY KEY ("ticket_id","name")
);

-- CreateTable
CREATE TABLE "reminders" (
    "ticket_id" INTEGER NOT NULL,
    "id" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "text" TEXT NOT NULL,
    "target" JSONB NOT NULL,
    "by_id" INTEGER NOT NULL,
    "wakes" BOOLEAN NOT NULL,
    "state" TEXT NOT NULL,

    CONSTRAINT "reminders_pkey" PRIMARY KEY ("ticket_id","id")
);

-- CreateTable
CREATE TABLE "attachments" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "uploader_id" INTEGER,
    "created" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "attachments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "people" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "display_name" TEXT NOT NULL,
    "email" TEXT,
    "zone" TEXT NOT NULL DEFAULT 'UTC',
    "active" BOOLEAN NOT NULL DEFAULT true,
    "superuser" BOOLEAN NOT NULL DEFAULT false,
    "created" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "people_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "identities" (
    "id" SERIAL NOT NULL,
    "platform" TEXT NOT NULL,
    "workspace" TEXT NOT NULL,
    "platform_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "person_id" INTEGER NOT NULL,

    CONSTRAINT "identities_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "groups" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "source" TEXT NOT NULL,

    CONSTRAINT "groups_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "group_members" (
    "id" SERIAL NOT NULL,
    "group_id" INTEGER NOT NULL,
    "person_id" INTEGER,
    "subgroup_id" INTEGER,

    CONSTRAINT "group_members_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "token_hash" TEXT NOT NULL,
    "person_id" INTEGER NOT NULL,
    "sat_in" BOOLEAN NOT NULL DEFAULT false,
    "created" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("token_hash")
);

-- CreateTable
CREATE TABLE "sign_in_links" (
    "token_hash" TEXT NOT NULL,
    "person_id" INTEGER NOT NULL,
    "created" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires" TIMESTAMPTZ(3) NOT NULL,
    "used" TIMESTAMPTZ(3),

    CONSTRAINT "sign_in_links_pkey" PRIMARY KEY ("token_hash")
);

-- CreateTable
CREATE TABLE "places" (
    "id" SERIAL NOT NULL,
    "platform" TEXT NOT NULL,
    "workspace" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "thread" TEXT NOT NULL,
    "direct" BOOLEAN NOT NULL,

    CONSTRAINT "places_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "conversations" (
    "ticket_id" INTEGER NOT NULL,
    "place_id" INTEGER NOT NULL,
    "audience" TEXT NOT NULL,

    CONSTRAINT "conversations_pkey" PRIMARY KEY ("ticket_id","place_id")
);

-- CreateTable
CREATE TABLE "feeds" (
    "id" SERIAL NOT NULL,
    "queue" TEXT NOT NULL,
    "place_id" INTEGER NOT NULL,
    "audience" TEXT NOT NULL,
    "search" TEXT NOT NULL DEFAULT '',
    "source" TEXT NOT NULL,

    CONSTRAINT "feeds_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cards" (
    "ticket_id" INTEGER NOT NULL,
    "place_id" INTEGER NOT NULL,
    "message" TEXT NOT NULL,
    "shown" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "cards_pkey" PRIMARY KEY ("ticket_id","place_id")
);

-- CreateTable
CREATE TABLE "messages" (
    "platform" TEXT NOT NULL,
    "workspace" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "ticket_id" INTEGER NOT NULL,
    "transaction_id" BIGINT NOT NULL,

    CONSTRAINT "messages_pkey" PRIMARY KEY ("platform","workspace","channel","message","ticket_id")
);

-- CreateTable
CREATE TABLE "inbox" (
    "id" BIGSERIAL NOT NULL,
    "platform" TEXT NOT NULL,
    "workspace" TEXT NOT NULL,
    "event" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "done_at" TIMESTAMPTZ(3),
    "outcome" TEXT,

    CONSTRAINT "inbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deliveries" (
    "id" BIGSERIAL NOT NULL,
    "ticket_id" INTEGER NOT NULL,
    "transaction_id" BIGINT NOT NULL,
    "place_id" INTEGER,
    "person_id" INTEGER,
    "part" TEXT NOT NULL,
    "urgency" INTEGER NOT NULL,
    "audience" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,
    "message" TEXT,
    "created" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "deliveries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "console_messages" (
    "id" SERIAL NOT NULL,
    "channel" TEXT NOT NULL,
    "thread_root_id" INTEGER,
    "author_id" INTEGER NOT NULL,
    "text" JSONB NOT NULL,
    "source" TEXT NOT NULL,
    "view" JSONB,
    "key" TEXT,
    "ticket_id" INTEGER,
    "event" TEXT,
    "staff_only_of" INTEGER,
    "created" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "edited_at" TIMESTAMPTZ(3),
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "console_messages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "console_reactions" (
    "message_id" INTEGER NOT NULL,
    "person_id" INTEGER NOT NULL,
    "emoji" TEXT NOT NULL,

    CONSTRAINT "console_reactions_pkey" PRIMARY KEY ("message_id","person_id","emoji")
);

-- CreateTable
CREATE TABLE "console_reads" (
    "person_id" INTEGER NOT NULL,
    "channel" TEXT NOT NULL,
    "read" INTEGER NOT NULL,

    CONSTRAINT "console_reads_pkey" PRIMARY KEY ("person_id","channel")
);

-- CreateIndex
CREATE INDEX "tickets_queue_status_priority_id_idx" ON "tickets"("queue", "status", "priority" DESC, "id");

-- CreateIndex
CREATE INDEX "tickets_owner_id_status_idx" ON "tickets"("owner_id", "status");

-- CreateIndex
CREATE INDEX "tickets_merged_into_idx" ON "tickets"("merged_into");

-- CreateIndex
CREATE INDEX "transactions_ticket_id_id_idx" ON "transactions"("ticket_id", "id");

-- CreateIndex
CREATE INDEX "transactions_amends_idx" ON "transactions"("amends") WHERE "amends" IS NOT NULL;

-- CreateIndex
CREATE INDEX "watchers_person_id_role_idx" ON "watchers"("person_id", "role");

-- CreateIndex
CREATE UNIQUE INDEX "people_name_key" ON "people"("name");

-- CreateIndex
CREATE INDEX "people_email_idx" ON "people"("email");

-- CreateIndex
CREATE INDEX "identities_person_id_idx" ON "identities"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "identities_platform_workspace_platform_id_key" ON "identities"("platform", "workspace", "platform_id");

-- CreateIndex
CREATE UNIQUE INDEX "groups_name_key" ON "groups"("name");

-- CreateIndex
CREATE INDEX "group_members_person_id_idx" ON "group_members"("person_id");

-- CreateIndex
CREATE INDEX "group_members_subgroup_id_idx" ON "group_members"("subgroup_id");

-- CreateIndex
CREATE UNIQUE INDEX "group_members_group_id_person_id_key" ON "group_members"("group_id", "person_id");

-- CreateIndex
CREATE UNIQUE INDEX "group_members_group_id_subgroup_id_key" ON "group_members"("group_id", "subgroup_id");

-- CreateIndex
CREATE INDEX "sessions_expires_idx" ON "sessions"("expires");

-- CreateIndex
CREATE UNIQUE INDEX "places_platform_workspace_channel_thread_key" ON "places"("platform", "workspace", "channel", "thread");

-- CreateIndex
CREATE INDEX "conversations_place_id_idx" ON "conversations"("place_id");

-- CreateIndex
CREATE UNIQUE INDEX "feeds_queue_place_id_key" ON "feeds"("queue", "place_id");

-- CreateIndex
CREATE INDEX "cards_message_idx" ON "cards"("message");

-- CreateIndex
CREATE UNIQUE INDEX "inbox_platform_workspace_event_key" ON "inbox"("platform", "workspace", "event");

-- CreateIndex
CREATE UNIQUE INDEX "deliveries_ticket_id_transaction_id_place_id_person_id_part_key" ON "deliveries"("ticket_id", "transaction_id", "place_id", "person_id", "part") NULLS NOT DISTINCT;

-- CreateIndex
CREATE UNIQUE INDEX "console_messages_key_key" ON "console_messages"("key");

-- CreateIndex
CREATE UNIQUE INDEX "console_messages_event_key" ON "console_messages"("event");

-- CreateIndex
CREATE INDEX "console_messages_channel_thread_root_id_id_idx" ON "console_messages"("channel", "thread_root_id", "id");

-- CreateIndex
CREATE INDEX "console_messages_thread_root_id_id_idx" ON "console_messages"("thread_root_id", "id");

-- AddForeignKey
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "people"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "transactions" ADD CONSTRAINT "transactions_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "tickets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "transactions" ADD CONSTRAINT "transactions_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "people"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "watchers" ADD CONSTRAINT "watchers_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "tickets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "watchers" ADD CONSTRAINT "watchers_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "links" ADD CONSTRAINT "links_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "tickets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "field_values" ADD CONSTRAINT "field_values_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "tickets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reminders" ADD CONSTRAINT "reminders_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "tickets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reminders" ADD CONSTRAINT "reminders_by_id_fkey" FOREIGN KEY ("by_id") REFERENCES "people"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_uploader_id_fkey" FOREIGN KEY ("uploader_id") REFERENCES "people"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "identities" ADD CONSTRAINT "identities_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "group_members" ADD CONSTRAINT "group_members_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "groups"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "group_members" ADD CONSTRAINT "group_members_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "group_members" ADD CONSTRAINT "group_members_subgroup_id_fkey" FOREIGN KEY ("subgroup_id") REFERENCES "groups"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sign_in_links" ADD CONSTRAINT "sign_in_links_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_place_id_fkey" FOREIGN KEY ("place_id") REFERENCES "places"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "feeds" ADD CONSTRAINT "feeds_place_id_fkey" FOREIGN KEY ("place_id") REFERENCES "places"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cards" ADD CONSTRAINT "cards_place_id_fkey" FOREIGN KEY ("place_id") REFERENCES "places"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_place_id_fkey" FOREIGN KEY ("place_id") REFERENCES "places"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "console_messages" ADD CONSTRAINT "console_messages_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "people"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "console_messages" ADD CONSTRAINT "console_messages_thread_root_id_fkey" FOREIGN KEY ("thread_root_id") REFERENCES "console_messages"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "console_reactions" ADD CONSTRAINT "console_reactions_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "console_messages"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "console_reactions" ADD CONSTRAINT "console_reactions_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "console_reads" ADD CONSTRAINT "console_reads_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What follows is written by hand: Prisma has no words for it.

-- Numbers of tickets. They are taken before a ticket is written, so that it can be named in what is written with it.
CREATE SEQUENCE "ticket_number" AS INTEGER;

-- Room for new versions of a row on its own page, so that most updates leave the indexes alone.
ALTER TABLE "tickets" SET (fillfactor = 70);

-- The search looks for words as they stand inside of texts of any language.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX "tickets_subject_words" ON "tickets" USING gin ("subject" gin_trgm_ops);
-- A short list of words still to be sorted in (kB): the commit that sorts them in must not make its people wait.
CREATE INDEX "transactions_body_words" ON "transactions" USING gin ("body" gin_trgm_ops) WITH (gin_pending_list_limit = 256) WHERE "body" <> '';

-- What is still to be done is a small part of these tables.
-- BRIN, because a row that ends can then stay on its page and leave the other indexes alone.
ALTER TABLE "inbox" SET (fillfactor = 60);
CREATE INDEX "inbox_unfinished" ON "inbox" USING brin ("done_at") WITH (pages_per_range = 16, autosummarize = on);
CREATE INDEX "deliveries_waiting_by_place" ON "deliveries" ("place_id", "urgency", "id") WHERE "state" = 'waiting' AND "place_id" IS NOT NULL;
CREATE INDEX "deliveries_waiting_by_person" ON "deliveries" ("person_id", "urgency", "id") WHERE "state" = 'waiting' AND "person_id" IS NOT NULL;
CREATE INDEX "deliveries_by_message" ON "deliveries" ("message") WHERE "message" IS NOT NULL;

ALTER TABLE "group_members" ADD CONSTRAINT "group_members_one_member" CHECK (num_nonnulls("person_id", "subgroup_id") = 1);

-- The history is append-only.
CREATE FUNCTION "refuse_change_of_history"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The history of tickets is only ever added to: % of transactions is refused.', lower(TG_OP);
END
$$;
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "transactions"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change_of_history"();

-- The first person is Docket itself: the actor of alarms and rules, and the author of what it posts.
INSERT INTO "people" ("name", "display_name", "superuser") VALUES ('docket', 'Docket', true);
