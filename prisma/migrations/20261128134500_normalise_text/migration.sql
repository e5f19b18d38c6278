-- Texts are kept in Unicode's NFC from now on, and subjects and names without controls of direction, so that what is typed
-- in one form is found in the other. The texts of the history stay as they were written; only what is searched is rewritten.
UPDATE "tickets" SET "subject" = normalize(translate("subject", U&'\202A\202B\202C\202D\202E\2066\2067\2068\2069', ''), NFC)
WHERE "subject" IS NOT NFC NORMALIZED OR "subject" ~ U&'[\202A-\202E\2066-\2069]';

UPDATE "people" SET "display_name" = normalize(translate("display_name", U&'\202A\202B\202C\202D\202E\2066\2067\2068\2069', ''), NFC)
WHERE "display_name" IS NOT NFC NORMALIZED OR "display_name" ~ U&'[\202A-\202E\2066-\2069]';

UPDATE "identities" SET "name" = normalize(translate("name", U&'\202A\202B\202C\202D\202E\2066\2067\2068\2069', ''), NFC)
WHERE "name" IS NOT NFC NORMALIZED OR "name" ~ U&'[\202A-\202E\2066-\2069]';

UPDATE "attachments" SET "name" = normalize(translate("name", U&'\202A\202B\202C\202D\202E\2066\2067\2068\2069', ''), NFC)
WHERE "name" IS NOT NFC NORMALIZED OR "name" ~ U&'[\202A-\202E\2066-\2069]';

UPDATE "field_values" SET "value" = to_jsonb(normalize("value" #>> '{}', NFC))
WHERE jsonb_typeof("value") = 'string' AND "value" #>> '{}' IS NOT NFC NORMALIZED;

ALTER TABLE "transactions" DISABLE TRIGGER "append_only";
UPDATE "transactions" SET "body" = normalize("body", NFC) WHERE "body" IS NOT NFC NORMALIZED;
ALTER TABLE "transactions" ENABLE TRIGGER "append_only";
