-- AlterTable
ALTER TABLE "inbox" ADD COLUMN     "attempts" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "claimed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "error" TEXT;

-- What somebody sent before. Of all rows, not of the unfinished alone: a row that ends then still stays on its page.
CREATE INDEX "inbox_by_sender" ON "inbox"("platform", "workspace", ("payload"->'sender'->>'id'), "id");
