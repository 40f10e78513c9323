import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LedgerEvent } from '../../src/domain/event.js';
import { eventSchemaDocument } from '../../src/domain/event-schema.js';
import { schemaVersionOf } from '../../src/domain/registry.js';
import type { JsonSchema } from '../../src/domain/shape/json-schema.js';
import { narrowings } from './narrowings.js';

export const CORPUS = 'tests/corpus/files';
/** As sha256sum writes and checks it. */
export const SUMS = join(CORPUS, 'SHA256SUMS');

/** A shape that an event type was ever written in: its schema then, and events of it. */
export interface CorpusFile {
  readonly schema: JsonSchema;
  /** What was recorded before, as far as the events need it: the stream's own, and the sources. */
  readonly given: readonly LedgerEvent[];
  /** One with all optional fields, and, where there are any, one with none. Each is recorded after what is given. */
  readonly events: readonly [LedgerEvent, ...LedgerEvent[]];
}

export interface CorpusEntry extends CorpusFile {
  readonly name: string;
  readonly type: string;
  readonly schemaVersion: number;
}

const isCorpusFile = (name: string) => name.endsWith('.json');

/** The corpus, by the names of its files: `Signed.v1.json`; `Signed.v1.2.json` where version 1 was widened later. */
export const readCorpus = (): CorpusEntry[] =>
  readdirSync(CORPUS)
    .filter(isCorpusFile)
    .sort()
    .map((name) => {
      const [, type = '', version = ''] = /^(\w+)\.v(\d+)(?:\.\d+)?\.json$/.exec(name) ?? [];
      const file = JSON.parse(readFileSync(join(CORPUS, name), 'utf8')) as CorpusFile;
      return { ...file, name, type, schemaVersion: Number(version) };
    });

/** Whether the corpus has the shape of a type that is written now: one that allows all that is allowed now. */
export const hasToday = (corpus: readonly CorpusEntry[], type: string): boolean =>
  ofToday(corpus, type).some(({ schema }) => narrowings(eventSchemaDocument(type), schema).length === 0);

/** The shapes of a type's newest version. */
export const ofToday = (corpus: readonly CorpusEntry[], type: string): CorpusEntry[] =>
  corpus.filter((entry) => entry.type === type && entry.schemaVersion === schemaVersionOf(type));

/** Each file's line in {@link SUMS}. */
export const sums = (): string[] =>
  readdirSync(CORPUS)
    .filter(isCorpusFile)
    .sort()
    .map(
      (name) =>
        `${createHash('sha256')
          .update(readFileSync(join(CORPUS, name)))
          .digest('hex')}  ${name}`,
    );
