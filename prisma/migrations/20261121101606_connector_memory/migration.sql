-- CreateTable
CREATE TABLE "connector_memory" (
    "name" TEXT NOT NULL,
    "value" JSONB NOT NULL,

    CONSTRAINT "connector_memory_pkey" PRIMARY KEY ("name")
);
