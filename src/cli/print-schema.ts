import { editorSchema } from '../config/schema.ts';

/** `docket config schema`: what docket.schema.json holds. */
export async function printSchema(): Promise<number> {
  console.log(JSON.stringify(editorSchema(), null, 2));
  return 0;
}
