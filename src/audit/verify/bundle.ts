import { hash } from 'node:crypto';
import type { LedgerEvent } from '../../domain/event.js';
import type { SignedCheckpoint } from '../log/checkpoint.js';

/*
 * A bundle: the log's files, as they are served, and beside them what helps to read them. What helps is either made of
 * the entries, and so can be compared, or is a schema. SHA256SUMS is of all other files.
 */

/** Verifier keys, a line each, as the one who exported was told them. */
export const KEYS_FILE = 'keys.txt';
export const SUMS_FILE = 'SHA256SUMS';
export const SOURCES_FILE = 'sources.json';
export const INDEX_FILE = 'index.md';
const SCHEMAS = 'schemas/';

export const schemaFile = (type: string): string => `${SCHEMAS}${type}.json`;

/** The type whose schema is in a file; undefined where it is none. */
export const typeOfSchema = (path: string): string | undefined =>
  path.startsWith(SCHEMAS) && path.endsWith('.json') ? path.slice(SCHEMAS.length, -'.json'.length) : undefined;

/** As `sha256sum` writes and checks them. @param files SHA-256 in hex, by path */
export const sumsText = (files: ReadonlyMap<string, string>): string =>
  [...files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, sum]) => `${sum}  ${path}\n`)
    .join('');

export const sha256 = (bytes: Uint8Array | string): string => hash('sha256', bytes, 'hex');

/** Streams that the index lists; of a larger ledger it tells how many more there are. */
const MAX_LISTED = 10_000;

interface Stream {
  events: number;
  readonly first: number;
  last: number;
  recordedAt: string;
}

/** Gathers, event by event, what a bundle says of its entries. */
export class BundleNotes {
  readonly #sources: object[] = [];
  readonly #streams = new Map<string, Stream>();
  readonly #types = new Map<string, number>();

  add({ stream, type, position, body, metadata }: LedgerEvent): void {
    this.#types.set(type, (this.#types.get(type) ?? 0) + 1);
    const { recordedAt } = metadata;
    const known = this.#streams.get(stream);
    if (known) Object.assign(known, { events: known.events + 1, last: position, recordedAt });
    else this.#streams.set(stream, { events: 1, first: position, last: position, recordedAt });
    if (type !== 'SourceRegistered') return;
    const { url = null, contentSha256 = null } = body.data as Readonly<Record<string, unknown>>;
    this.#sources.push({ position, sourceId: stream.slice('source-'.length), url, contentSha256 });
  }

  /** The sources as they were registered, a line each, with the hashes of their texts. */
  get sources(): string {
    const lines = this.#sources.map((source) => JSON.stringify(source));
    return `[${lines.length > 0 ? `\n${lines.join(',\n')}\n` : ''}]\n`;
  }

  index({ origin, size, root }: SignedCheckpoint): string {
    const streams = [...this.#streams].sort(([a], [b]) => (a < b ? -1 : 1));
    return [
      `# ${origin}`,
      '',
      `${size} events, sealed with the root \`${root.toString('base64')}\`. Event N is entry N − 1 of \`tile/entries\`.`,
      '',
      '| events | type |',
      '| ---: | --- |',
      ...[...this.#types].sort(([a], [b]) => (a < b ? -1 : 1)).map(([type, count]) => `| ${count} | ${type} |`),
      '',
      '| stream | events | first position | last position | last recorded |',
      '| --- | ---: | ---: | ---: | --- |',
      ...streams
        .slice(0, MAX_LISTED)
        .map(([name, s]) => `| ${name} | ${s.events} | ${s.first} | ${s.last} | ${s.recordedAt} |`),
      ...(streams.length > MAX_LISTED ? ['', `And ${streams.length - MAX_LISTED} streams more.`] : []),
      '',
    ].join('\n');
  }
}
