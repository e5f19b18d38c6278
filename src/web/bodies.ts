import querystring from 'node:querystring';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { HttpRefusal } from './refusal.ts';

/** Bytes of a request, and of one that carries what somebody wrote: 20,000 characters, each escaped as nine. */
export const bodyLimits = { usual: 128 * 1024, text: 256 * 1024 };

/** Fields of a form, and the values and levels of nesting of JSON. No page sends near as many. */
const most = { fields: 200, values: 2_000, levels: 20 };

/** Reads forms and JSON, and nothing else. What has too many parts is refused before it is taken apart. */
export function readBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    async (_request: FastifyRequest, body: string) => {
      if (countOf(body, '&') >= most.fields) throw tooMuch(`A form can have ${most.fields} fields.`);
      return { ...querystring.parse(body, '&', '=', { maxKeys: most.fields }) };
    },
  );
  const json = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const refusal = shapeOf(String(body));
    if (refusal === null) void json(request, String(body), done);
    else done(refusal);
  });
}

function countOf(text: string, sign: string): number {
  let count = 0;
  for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + 1)) count++;
  return count;
}

/** Why JSON is too large in shape, counted off its signs outside of strings; null where it is not. */
function shapeOf(json: string): HttpRefusal | null {
  let levels = 0;
  let values = 0;
  for (let at = 0; at < json.length; at++) {
    switch (json[at]) {
      case '"':
        at = endOfString(json, at);
        break;
      case '[':
      case '{':
        if (++levels > most.levels) return tooMuch(`JSON can be nested ${most.levels} levels deep.`);
        break;
      case ']':
      case '}':
        levels--;
        break;
      case ',':
        if (++values >= most.values) return tooMuch(`JSON can have ${most.values} values.`);
        break;
    }
  }
  return null;
}

/** Where the string ends that begins at `from`; the end of the text where it never does. */
function endOfString(json: string, from: number): number {
  for (let at = from + 1; at < json.length; at++) {
    if (json[at] === '\\') at++;
    else if (json[at] === '"') return at;
  }
  return json.length;
}

function tooMuch(why: string): HttpRefusal {
  return new HttpRefusal(413, `${why} Nothing was done.`);
}
