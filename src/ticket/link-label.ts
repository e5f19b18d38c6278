const address = /^(?:https?:\/\/)?((?:[\p{L}\d-]+\.)+[\p{L}]{2,})(?::\d+)?(?:[/?#]\S*)?$/iu;

/**
 * The words of a link. A label that reads as another address than the link leads to is followed by the true one, so that
 * nobody is led astray: `bank.example (https://thief.example/)`. Platforms that refuse such links do this themselves.
 */
export function linkLabel(url: string, label: string): string {
  const named = address.exec(label.trim())?.[1];
  if (named === undefined || !URL.canParse(url)) return label;
  return bare(new URL(url).hostname) === bare(hostOf(named)) ? label : `${label} (${url})`;
}

function hostOf(name: string): string {
  return URL.canParse(`http://${name}`) ? new URL(`http://${name}`).hostname : name;
}

function bare(host: string): string {
  return host.toLowerCase().replace(/^www\./, '');
}
