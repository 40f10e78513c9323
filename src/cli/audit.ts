import { existsSync, readFileSync, statSync } from 'node:fs';
import type { LogAnswer } from '../api/log.controller.js';
import { SCHEMAS, SCHEMAS_PATH } from '../api/schemas.js';
import type { Policy, SignedCheckpoint } from '../audit/log/checkpoint.js';
import { InvalidNote, parseVkey, signersOf } from '../audit/log/signed-note.js';
import { LogFiles } from '../audit/sealing/log-files.js';
import { publishedIn } from '../audit/sealing/publisher.js';
import { expectViews } from '../audit/refold/refold.js';
import { type LedgerViews, viewFiles, viewsIn } from '../audit/refold/views.js';
import { KEYS_FILE } from '../audit/verify/bundle.js';
import { type BundleParts, DirectoryNotEmpty, exportBundle } from '../audit/verify/export-bundle.js';
import { DirectorySource, type LogSource, SourceUnavailable, UrlSource } from '../audit/verify/log-source.js';
import { faultsBy, verifyBundle } from '../audit/verify/verify-bundle.js';
import { type CheckedSource, type CitedLines, SourceTexts } from '../audit/verify/source-texts.js';
import type { LedgerEvent } from '../domain/event.js';
import { eventsIn, Unsound, verifyLog } from '../audit/verify/verify-log.js';
import { CliError, EXIT } from './exit-codes.js';
import { answerOf, askServer, type Ledger, RemoteLedger } from './ledger.js';
import { cleanText } from './render/text.js';
import { print, tell } from './terminal.js';

export interface VerifyOptions {
  readonly key: readonly string[];
  readonly witness: readonly string[];
  readonly quorum: string;
  readonly since?: string;
  readonly refold?: boolean;
  readonly json?: boolean;
}

/**
 * Writes all that is sealed, with what helps to read it, and what the ledger makes of it.
 * @param log the log's folder, or the URL of a server
 * @param asOf the day that the views are of; undefined: today
 */
export async function exportLog(
  log: { readonly directory: string } | { readonly url: string },
  ledger: Ledger,
  { to, asOf }: { readonly to: string; readonly asOf?: string | undefined },
): Promise<void> {
  const [source, parts] = await ('url' in log ? served(log.url) : kept(log.directory));
  async function* views({ size }: SignedCheckpoint) {
    yield* viewFiles(await viewsOf(ledger, size, asOf));
  }
  const { size } = await inWords(() => exportBundle(source, { ...parts, views }, to));
  print(`${size} events exported to ${to}`);
}

const PAGE = '500';

/** What a ledger answers about each relationship, as it knew them at a position. @throws CliError, where its views are behind that */
async function viewsOf(ledger: Ledger, size: number, asOf: string | undefined): Promise<LedgerViews> {
  const knownAt = String(size);
  const first = await ledger.relationships({ asOf, knownAt, limit: PAGE });
  const { position } = first.knownAt;
  if (position !== knownAt) {
    throw new CliError(`${size} events are sealed, and the views are at ${position}: try again`, EXIT.unavailable);
  }
  async function* statuses() {
    for (let page = first; ; page = await ledger.relationships({ limit: PAGE, cursor: page.next })) {
      for (const { pair } of page.items) {
        const { parties: _, knownAt: __, ...status } = await ledger.relationship(pair, { asOf: first.asOf, knownAt });
        yield status;
      }
      if (page.next === null) return;
    }
  }
  const { asOf: day, dormantAfterMonths } = first;
  return { question: { asOf: day, knownAt: size, dormantAfterMonths }, statuses: statuses() };
}

function kept(directory: string): [LogSource, BundleParts] {
  const published = publishedIn(new LogFiles(directory));
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

const answer = async <A>(url: string, path: string): Promise<A> =>
  (await (await answerOf(askServer(url, path))).json()) as A;

const isUrl = (text: string): boolean => /^https?:\/\//.test(text);

/** Verifies a bundle in a directory, or the log of a running server, and says what of it holds. */
export async function verify(what: string, options: VerifyOptions): Promise<void> {
  if (!isUrl(what) && !(existsSync(what) && statSync(what).isDirectory())) {
    throw new CliError(`There is no directory ${what}`, EXIT.usage);
  }
  await inWords(async () => {
    const policy = await policyOf(what, options);
    const since = options.since === undefined ? undefined : read(options.since);
    const checkpoint = isUrl(what)
      ? await verifyLog(logAt(what), { policy, since, events: { faults: faultsBy(await schemasAt(what)) } })
      : await verifyBundle(new DirectorySource(what), { policy, since });
    const compared = options.refold ? await refolded(what, checkpoint) : undefined;
    report(checkpoint, policy, options, compared);
  });
}

/** Folds the events anew, and compares what a bundle or a server makes of them. @returns how many relationships */
async function refolded(what: string, { size }: SignedCheckpoint): Promise<number> {
  if (isUrl(what))
    return expectViews(eventsIn(logAt(what), size), await viewsOf(new RemoteLedger(what), size, undefined));
  const bundle = new DirectorySource(what);
  return expectViews(eventsIn(bundle, size), await viewsIn(bundle));
}

function report(
  checkpoint: SignedCheckpoint,
  policy: Policy,
  { json, since }: VerifyOptions,
  compared: number | undefined,
): void {
  const { origin, size, root, note, text } = checkpoint;
  const signedBy = signersOf(note, [...policy.log, ...policy.witnesses]).map(({ name, id }) => `${name}+${id}`);
  if (json) {
    print(JSON.stringify({ sound: true, origin, size, root: root.toString('base64'), signedBy, relationships: compared, checkpoint: text }, null, 2)); // prettier-ignore
    return;
  }
  print(
    `Sound: ${size} events of ${origin}, with the root ${root.toString('base64')}, signed by ${signedBy.join(', ')}`,
  );
  if (compared !== undefined) print(`Folded anew, they make the ${compared} relationships that it tells of`);
  if (since !== undefined) print(`They begin with those of ${since}`);
}

/** Keys that nobody but the log itself vouches for are worth what the log's word is worth. */
async function policyOf(what: string, { key, witness, quorum }: VerifyOptions): Promise<Policy> {
  const own = isUrl(what)
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

export interface SourcesOptions {
  readonly fact?: string;
  readonly json?: boolean;
}

/**
 * Holds the sources that a ledger registered against texts, and shows the lines that a fact's evidence names.
 * @param log a bundle, the folder of a log, or the URL of a server
 */
export async function checkSources(texts: string, log: string, { fact, json }: SourcesOptions): Promise<void> {
  if (!existsSync(texts)) throw new CliError(`There is no directory ${texts}`, EXIT.usage);
  const held = await SourceTexts.in(texts);
  const facts: LedgerEvent[] = [];
  const named = (event: LedgerEvent) => fact === event.stream || fact === `${event.stream}@${event.revision}`;
  await inWords(async () => {
    for await (const event of eventsIn(isUrl(log) ? logAt(log) : new DirectorySource(log))) {
      held.add(event);
      if (named(event)) facts.push(event);
    }
  });
  if (fact !== undefined && facts.length === 0) throw new CliError(`There is no ${fact}`, EXIT.refused);
  const sources = held.checked();
  const cited = facts.map(({ stream, revision, type, ...event }) => ({ stream, revision, type, evidence: held.cited({ stream, revision, type, ...event }) })); // prettier-ignore
  print(json ? JSON.stringify({ sources, facts: cited }, null, 2) : [renderSources(sources), ...cited.map(renderFact)].join('\n\n')); // prettier-ignore
  const differing = sources.filter(({ state }) => state === 'differs').length;
  if (differing > 0) throw new CliError(`Of ${differing} of the sources you hold another text`, EXIT.unsound);
}

const renderSources = (sources: readonly CheckedSource[]): string =>
  sources
    .map(({ sourceId, state, path }) => `${state.padEnd(8)} ${sourceId}${path === null ? '' : `  ${path}`}`)
    .join('\n');

interface CitedFact {
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  readonly evidence: readonly CitedLines[];
}

function renderFact({ stream, revision, type, evidence }: CitedFact): string {
  const places = evidence.flatMap(({ citation: { sourceId, locator, standing }, lines, why }) => [
    `  ${standing} by ${sourceId}, ${locator}${why === null ? ':' : `: ${why}`}`,
    ...(lines ?? []).map(({ number, text }) => `  ${String(number).padStart(5)}  ${cleanText(text)}`),
  ]);
  return [`${stream}@${revision} ${type}`, ...places].join('\n');
}

/** Prints that an event is in the log, as a tlog-proof. */
export async function prove(url: string, position: string): Promise<void> {
  const path = `/v1/log/entries/${encodeURIComponent(position)}/proof`;
  const response = await answerOf(askServer(url, path, { headers: { Accept: 'text/plain' } }));
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
