/** Bytes that are no JSON text: nothing of them was read. */
export class InvalidJson extends Error {
  override readonly name = 'InvalidJson';
  constructor(
    readonly rule: 'utf-8' | 'json',
    message: string,
  ) {
    super(message);
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads a JSON text; a byte order mark before it is passed over. A lenient decoder would put U+FFFD in the place of bytes
 * that are no UTF-8, and so record what nobody sent.
 * @param what it is, for the message: `The body`
 * @throws InvalidJson
 */
export function parseJson(bytes: Uint8Array, what: string): unknown {
  if (bytes.length === 0) throw new InvalidJson('json', `${what} must not be empty`);
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    throw new InvalidJson('utf-8', `${what} must be UTF-8`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InvalidJson('json', `${what} must be JSON: ${(error as Error).message}`);
  }
}
