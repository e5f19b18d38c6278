-- Who wrote a message is kept with it: only they can amend what was made of it, whoever made it.
ALTER TABLE "messages" ADD COLUMN "author_id" INTEGER;

ALTER TABLE "messages" ADD CONSTRAINT "messages_author_id_fkey"
  FOREIGN KEY ("author_id") REFERENCES "people"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Of what was taken up before: who acted, or, where they made a ticket of somebody else's message, its requestor.
-- Messages that Docket posted itself have no author.
UPDATE "messages" m SET "author_id" = CASE
  WHEN x."type" = 'create' AND NOT (x."change"->'requestors' @> to_jsonb(x."actor_id"))
    THEN coalesce((x."change"->'requestors'->>0)::int, x."actor_id")
  ELSE x."actor_id" END
FROM "transactions" x
WHERE x."id" = m."transaction_id"
  AND NOT EXISTS (SELECT FROM "deliveries" d WHERE d."message" = m."message" AND d."transaction_id" = m."transaction_id");
