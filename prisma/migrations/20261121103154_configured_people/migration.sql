-- AlterTable
ALTER TABLE "people" ADD COLUMN     "configured" BOOLEAN NOT NULL DEFAULT false;
