-- AlterTable
ALTER TABLE "identities" ADD COLUMN     "closed" TIMESTAMPTZ(3);
