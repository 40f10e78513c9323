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
  const bytes = hash('sha1', input, 'buffer').subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6); // version 5
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8); // variant 10
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
