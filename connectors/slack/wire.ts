/**
 * What is sent along to come back with a press or a form, without `&`, `<` and `>`: Slack hands these back as entities in
 * some payloads and as they were in others (slackapi/bolt-python issue 513), and nobody could tell which.
 */
export function coded(value: string): string {
  return value.replace(/[%&<>]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
}

/** The reverse of `coded`. */
export function decoded(value: string): string {
  return value.replace(/%(?:25|26|3c|3e)/g, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16)));
}
