-- CreateTable
CREATE TABLE "unannounced" (
    "transaction_id" BIGINT NOT NULL,
    "transactions" BIGINT[],

    CONSTRAINT "unannounced_pkey" PRIMARY KEY ("transaction_id")
);
