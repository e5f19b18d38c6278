// For those who use Prisma's own commands on Docket's database (`npx prisma studio`, `npx prisma migrate deploy`).
// Docket itself needs none of them: it migrates when it starts.
import { defineConfig } from 'prisma/config';

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env['DATABASE_URL'] ?? '' },
});
