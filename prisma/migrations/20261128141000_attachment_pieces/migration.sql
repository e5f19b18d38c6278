-- CreateIndex
CREATE INDEX "attachments_uploader_id_created_idx" ON "attachments"("uploader_id", "created");

-- Files are read in pieces: what is stored without compression can be, without reading all before it.
ALTER TABLE "attachments" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;
