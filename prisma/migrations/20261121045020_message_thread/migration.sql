-- AlterTable
ALTER TABLE "messages" ADD COLUMN     "thread" TEXT NOT NULL DEFAULT '';

-- CreateIndex
CREATE INDEX "messages_transaction_id_idx" ON "messages"("transaction_id");
