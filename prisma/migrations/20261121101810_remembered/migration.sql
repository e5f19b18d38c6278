-- CreateTable
CREATE TABLE "remembered" (
    "key" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "used" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "remembered_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE INDEX "remembered_used_idx" ON "remembered"("used");
