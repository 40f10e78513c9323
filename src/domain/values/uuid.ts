import { hash } from 'node:crypto';

const FORM = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The namespace of the ledger's ids: the one that RFC 9562, section 6.6, lists for URLs. */
export const LEDGER_NAMESPACE = '6ba7b811-9dad-11d1-80b4-00c04fd430c8';

/** Whether the text has the form of a UUID (RFC 9562, section 4), of any version, in either case. */
export function isUuid(text: string): boolean {
  return FORM.test(text);
}

/** The UUID version 5 of a name, taken as UTF-8, in a namespace (RFC 9562, section 5.5); lower case. */
export function uuidV5(name: string, namespace: string = LEDGER_NAMESPACE): string {
  if (!isUuid(namespace)) throw new TypeError(`not a UUID: ${namespace}`);
  const input = Buffer.concat([Buffer.from(namespace.replaceAll('-', ''), 'hex'), Buffer.from(name, 'utf8')]);
  const hex = hash('sha1', input, 'hex');
  const version = '5';
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0b0011) | 0b1000).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    version + hex.slice(13, 16),
    variant + hex.slice(17, 20),
    hex.slice(20, 32),
  ].join('-');
}
