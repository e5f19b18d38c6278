-- A text that is longer than a message of its platform is told in several.
ALTER TABLE "deliveries" ADD COLUMN     "parts" TEXT[] DEFAULT ARRAY[]::TEXT[];
