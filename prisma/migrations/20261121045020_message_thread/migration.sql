-- AlterTable
ALTER TABLE "messages" ADD COLUMN     "thread" TEXT NOT NULL DEFAULT '';

-- CreateIndex
CREATE INDEX "messages_transaction_id_idx" ON "messages"("transaction_id");

-- CreateIndex
CREATE INDEX "messages_platform_workspace_channel_thread_idx" ON "messages"("platform", "workspace", "channel", "thread") WHERE "thread" <> '';
