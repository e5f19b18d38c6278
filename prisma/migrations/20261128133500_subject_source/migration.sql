-- A subject that was taken from a message follows that message until a person sets it.
ALTER TABLE "tickets" ADD COLUMN "subject_source" TEXT NOT NULL DEFAULT 'person';

UPDATE "tickets" t SET "subject_source" = 'message'
FROM "transactions" x
WHERE x."ticket_id" = t."id" AND x."type" = 'create'
  -- The message was a person's, not one in which Docket told somebody of the ticket.
  AND EXISTS (
    SELECT FROM "messages" m WHERE m."transaction_id" = x."id" AND NOT EXISTS (
      SELECT FROM "deliveries" d WHERE d."message" = m."message" AND d."transaction_id" = m."transaction_id"
    )
  )
  AND NOT EXISTS (
    SELECT FROM "transactions" later
    WHERE later."ticket_id" = t."id" AND later."type" = 'set' AND later."change"->>'field' = 'subject'
  );
