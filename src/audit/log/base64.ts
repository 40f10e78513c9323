/** The bytes of standard Base 64 (RFC 4648, section 4); undefined unless it is written as we would write them. */
export function fromBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}
