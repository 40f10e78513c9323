import { existsSync, readFileSync, statSync } from 'node:fs';
import type { LogAnswer } from '../api/log.controller.js';
import { SCHEMAS, SCHEMAS_PATH } from '../api/schemas.js';
import type { Policy, SignedCheckpoint } from '../audit/log/checkpoint.js';
import { formatNote, InvalidNote, parseVkey, signersOf } from '../audit/log/signed-note.js';
import { readPublished } from '../audit/sealing/publisher.js';
import { KEYS_FILE } from '../audit/verify/bundle.js';
import { type BundleParts, DirectoryNotEmpty, exportBundle } from '../audit/verify/export-bundle.js';
import { DirectorySource, type LogSource, SourceUnavailable, UrlSource } from '../audit/verify/log-source.js';
import { faultsBy, verifyBundle } from '../audit/verify/verify-bundle.js';
import { Unsound, verifyLog } from '../audit/verify/verify-log.js';
import { CliError, EXIT } from './exit-codes.js';
import { askServer, problemIn } from './ledger.js';
import { print, tell } from './terminal.js';

export interface VerifyOptions {
  readonly key: readonly string[];
  readonly witness: readonly string[];
  readonly quorum: string;
  readonly since?: string;
  readonly json?: boolean;
}

/** Writes all that is sealed, with what helps to read it. @param log the log's folder, or the URL of a server */
export async function exportLog(
  log: { readonly directory: string } | { readonly url: string },
  to: string,
): Promise<void> {
  const [source, parts] = await ('url' in log ? served(log.url) : kept(log.directory));
  const { size } = await inWords(() => exportBundle(source, parts, to));
  print(`${size} events exported to ${to}`);
}

function kept(directory: string): [LogSource, BundleParts] {
  const published = readPublished(directory);
  if (!published) throw new CliError(`Nothing is sealed in ${directory}`, EXIT.refused);
  return [new DirectorySource(directory), { keys: published.keys, schemas: SCHEMAS.events }];
}

async function served(url: string): Promise<[LogSource, BundleParts]> {
  const { keys } = await answer<LogAnswer>(url, '/v1/log');
  return [logAt(url), { keys, schemas: await schemasAt(url) }];
}

const logAt = (url: string) => new UrlSource(new URL('tlog/', url.endsWith('/') ? url : `${url}/`).href);

async function schemasAt(url: string): Promise<Map<string, object>> {
  const { events } = await answer<{ events: readonly { name: string; url: string }[] }>(url, SCHEMAS_PATH);
  const schemas = new Map<string, object>();
  for (const event of events) schemas.set(event.name, await answer<object>(url, event.url));
  return schemas;
}

async function answer<A>(url: string, path: string): Promise<A> {
  const response = await askServer(url, path);
  if (!response.ok) throw new CliError((await problemIn(response)).detail, EXIT.refused);
  return (await response.json()) as A;
}

/** Verifies a bundle in a directory, or the log of a running server, and says what of it holds. */
export async function verify(what: string, options: VerifyOptions): Promise<void> {
  const isUrl = /^https?:\/\//.test(what);
  if (!isUrl && !(existsSync(what) && statSync(what).isDirectory())) {
    throw new CliError(`There is no directory ${what}`, EXIT.usage);
  }
  await inWords(async () => {
    const policy = await policyOf(what, isUrl, options);
    const since = options.since === undefined ? undefined : read(options.since);
    const checkpoint = isUrl
      ? await verifyLog(logAt(what), { policy, since, faults: faultsBy(textsOf(await schemasAt(what))) })
      : await verifyBundle(new DirectorySource(what), { policy, since });
    report(checkpoint, policy, options);
  });
}

const textsOf = (schemas: ReadonlyMap<string, object>) =>
  new Map([...schemas].map(([type, schema]) => [type, JSON.stringify(schema)] as const));

function report(checkpoint: SignedCheckpoint, policy: Policy, { json, since }: VerifyOptions): void {
  const { origin, size, root, note } = checkpoint;
  const signedBy = signersOf(note, [...policy.log, ...policy.witnesses]).map(({ name, id }) => `${name}+${id}`);
  if (json) {
    print(JSON.stringify({ sound: true, origin, size, root: root.toString('base64'), signedBy, checkpoint: formatNote(note) }, null, 2)); // prettier-ignore
    return;
  }
  print(
    `Sound: ${size} events of ${origin}, with the root ${root.toString('base64')}, signed by ${signedBy.join(', ')}`,
  );
  if (since !== undefined) print(`They begin with those of ${since}`);
}

/** Keys that nobody but the log itself vouches for are worth what the log's word is worth. */
async function policyOf(what: string, isUrl: boolean, { key, witness, quorum }: VerifyOptions): Promise<Policy> {
  const own = isUrl
    ? async () => (await answer<LogAnswer>(what, '/v1/log')).keys
    : () =>
        read(`${what}/${KEYS_FILE}`)
          .split('\n')
          .filter((line) => line !== '');
  const keys = key.length > 0 ? key : await own();
  if (key.length === 0) {
    tell(
      `Verified with the key that came with it, ${keys.join(', ')}: compare it with one that you have from elsewhere`,
    );
  }
  return { log: keys.map(vkey), witnesses: witness.map(vkey), quorum: Number(quorum) };
}

function vkey(text: string) {
  try {
    return parseVkey(existsSync(text) ? read(text).trim() : text);
  } catch (error) {
    if (error instanceof InvalidNote) throw new CliError(error.message, EXIT.usage);
    throw error;
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new CliError(`${path} can’t be read: ${(error as Error).message}`, EXIT.usage);
  }
}

/** Prints that an event is in the log, as a tlog-proof. */
export async function prove(url: string, position: string): Promise<void> {
  const path = `/v1/log/entries/${encodeURIComponent(position)}/proof`;
  const response = await askServer(url, path, { headers: { Accept: 'text/plain' } });
  if (!response.ok) throw new CliError((await problemIn(response)).detail, EXIT.refused);
  process.stdout.write(await response.text());
}

async function inWords<A>(work: () => Promise<A>): Promise<A> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Unsound) throw new CliError(`Not sound. ${error.message}`, EXIT.unsound);
    if (error instanceof SourceUnavailable) throw new CliError(error.message, EXIT.unavailable);
    if (error instanceof DirectoryNotEmpty) throw new CliError(error.message, EXIT.usage);
    throw error;
  }
}
