import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { LedgerEvent } from '../../src/domain/event.js';
import { dataShapeOf, eventSchemaDocument } from '../../src/domain/event-schema.js';
import { schemaVersionOf } from '../../src/domain/registry.js';
import { checkShape } from '../../src/domain/shape/check-shape.js';
import { EXAMPLES } from '../support/examples.js';
import { smallLedger } from '../support/facts.js';
import { CORPUS, type CorpusFile, hasToday, ofToday, readCorpus, SUMS, sums } from './corpus.js';

/** Adds to the corpus the shapes of today that are not in it. What is there is never written again. */
const corpus = readCorpus();
for (const [command, [type]] of Object.entries(EXAMPLES)) {
  if (hasToday(corpus, type)) continue;
  const shapes = ofToday(corpus, type).length;
  const name = `${type}.v${schemaVersionOf(type)}${shapes === 0 ? '' : `.${shapes + 1}`}.json`;
  const file: CorpusFile = { schema: eventSchemaDocument(type), ...exampleOf(command) };
  writeFileSync(join(CORPUS, name), `${JSON.stringify(file, null, 2)}\n`, { flag: 'wx' });
}
const listed = existsSync(SUMS) ? readFileSync(SUMS, 'utf8').split('\n') : [];
const names = new Set(listed.map((line) => line.split('  ')[1]));
for (const line of sums()) if (!names.has(line.split('  ')[1])) appendFileSync(SUMS, `${line}\n`);

function exampleOf(command: string): Omit<CorpusFile, 'schema'> {
  const ledger = smallLedger();
  const [, dataFor] = EXAMPLES[command]!;
  const full = ledger.given(command, dataFor(ledger));
  const { intoId } = full.body.data as { intoId?: string };
  const needed = (stream: string) =>
    stream === full.stream || stream.startsWith('source-') || stream === `agreement-${intoId}`;
  const given = ledger.events.filter((e) => e.id !== full.id && needed(e.stream));
  const least = leanest(full);
  return { given, events: isDeepStrictEqual(least, full) ? [full] : [full, least] };
}

/** The event without any field of its data that its shape lets go. */
function leanest(event: LedgerEvent): LedgerEvent {
  const data = structuredClone(event.body.data);
  const shrink = (node: object): void => {
    for (const [key, value] of Object.entries(node) as [string, unknown][]) {
      const fields = node as Record<string, unknown>;
      if (!Array.isArray(node)) {
        fields[key] = undefined;
        if (checkShape(dataShapeOf(event.type), data).ok) continue;
        fields[key] = value;
      }
      if (typeof value === 'object' && value !== null) shrink(value);
    }
  };
  shrink(data);
  return JSON.parse(JSON.stringify({ ...event, body: { ...event.body, data } })) as LedgerEvent;
}
