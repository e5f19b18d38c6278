-- CreateTable
CREATE TABLE "matrix_keys" (
    "device" TEXT NOT NULL,
    "store" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "value" BYTEA NOT NULL,

    CONSTRAINT "matrix_keys_pkey" PRIMARY KEY ("device","store","key")
);

-- CreateTable
CREATE TABLE "matrix_devices" (
    "device" TEXT NOT NULL,
    "holder" UUID NOT NULL,

    CONSTRAINT "matrix_devices_pkey" PRIMARY KEY ("device")
);
