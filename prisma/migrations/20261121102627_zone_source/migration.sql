-- AlterTable
ALTER TABLE "people" ADD COLUMN     "zone_source" TEXT NOT NULL DEFAULT 'default';
