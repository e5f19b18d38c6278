-- AlterTable
ALTER TABLE "identities" ADD COLUMN     "source" TEXT NOT NULL DEFAULT 'met';
