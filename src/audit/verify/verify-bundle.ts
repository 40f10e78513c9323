import type { ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { LedgerEvent } from '../../domain/event.js';
import type { SignedCheckpoint } from '../log/checkpoint.js';
import { BundleNotes, INDEX_FILE, sha256, SOURCES_FILE, SUMS_FILE, sumsText, typeOfSchema } from './bundle.js';
import type { LogSource } from './log-source.js';
import { Unsound, verifyLog, type VerifyLogOptions } from './verify-log.js';

/** A bundle, whose files can be counted. */
export interface BundleSource extends LogSource {
  paths(): Promise<readonly string[]>;
}

export type Faults = (event: LedgerEvent) => readonly string[];

/** What an event's schema forbids of it. @param schemas by event type */
export function faultsBy(schemas: ReadonlyMap<string, object>): Faults {
  const ajv = formats.default(new Ajv2020({ strict: false, logger: false }));
  const validators = new Map<string, ValidateFunction>();
  for (const [type, schema] of schemas) validators.set(type, ajv.compile(schema));
  return (event) => {
    const validate = validators.get(event.type);
    if (!validate) return [`there is no schema of ${event.type}`];
    if (validate(event)) return [];
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath || 'it'} ${message}`);
  };
}

/**
 * Verifies a bundle by nothing but its files and keys: the log, each event by its schema, what else the bundle says of its
 * events, and that no file was changed, is missing or was added.
 * @throws Unsound, at the first thing that is wrong
 */
export async function verifyBundle(
  bundle: BundleSource,
  options: Omit<VerifyLogOptions, 'events'>,
): Promise<SignedCheckpoint> {
  const paths = await bundle.paths();
  const notes = new BundleNotes();
  const checkpoint = await verifyLog(bundle, {
    ...options,
    events: { faults: await schemaFaults(bundle, paths), onEvent: (event) => notes.add(event) },
  });
  await expectFile(bundle, SOURCES_FILE, notes.sources);
  await expectFile(bundle, INDEX_FILE, notes.index(checkpoint));
  const sums = new Map<string, string>();
  for (const path of paths) if (path !== SUMS_FILE) sums.set(path, sha256((await bundle.read(path))!));
  await expectFile(bundle, SUMS_FILE, sumsText(sums));
  return checkpoint;
}

async function schemaFaults(bundle: BundleSource, paths: readonly string[]): Promise<Faults> {
  const texts: [type: string, text: string][] = [];
  for (const path of paths) {
    const type = typeOfSchema(path);
    if (type !== undefined) texts.push([type, (await bundle.read(path))!.toString()]);
  }
  try {
    return faultsBy(new Map(texts.map(([type, text]) => [type, JSON.parse(text) as object])));
  } catch (error) {
    throw new Unsound(`A schema can’t be read: ${(error as Error).message}`);
  }
}

async function expectFile(bundle: BundleSource, path: string, expected: string): Promise<void> {
  const bytes = await bundle.read(path);
  if (!bytes) throw new Unsound(`${path} is not there`);
  if (bytes.equals(Buffer.from(expected))) return;
  const [there, wanted] = [bytes.toString().split('\n'), expected.split('\n')];
  const line = wanted.findIndex((text, i) => text !== there[i]);
  const at = line < 0 ? wanted.length : line;
  throw new Unsound(
    `${path}, line ${at + 1}, is not what the other files make: "${there[at] ?? ''}" for "${wanted[at] ?? ''}"`,
  );
}
