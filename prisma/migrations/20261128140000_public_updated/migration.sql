-- When a ticket last changed in a way that is not for staff only: requestors search and sort by this.
ALTER TABLE "tickets" ADD COLUMN "public_updated" TIMESTAMPTZ(3);

UPDATE "tickets" t SET "public_updated" = coalesce(
  (SELECT max(x."at") FROM "transactions" x WHERE x."ticket_id" = t."id" AND NOT x."staff_only"), t."created");

ALTER TABLE "tickets" ALTER COLUMN "public_updated" SET DEFAULT CURRENT_TIMESTAMP, ALTER COLUMN "public_updated" SET NOT NULL;
