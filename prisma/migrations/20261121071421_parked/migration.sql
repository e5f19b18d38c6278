-- AlterTable
ALTER TABLE "deliveries" ADD COLUMN     "again" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "parked" (
    "key" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "mend" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "parked_pkey" PRIMARY KEY ("key")
);
