import { readFile, rename, writeFile } from 'node:fs/promises';
import { MithaqClient } from '@mithaq/client';

/** Keeps each pair's latest signature in a file: README.md tells why so, and what for. */
interface Kept {
  position: string;
  readonly signatures: Record<string, { stream: string; eventId: string; occurredOn: string | null } | null>;
}

/** What is said of one record may move a signature of another: these touch every pair. */
const CURATION = /^(Fact(Corroborated|Corrected|Retracted)|DisputeResolved|RecordMerged|SourceWithdrawn)$/;

const [url, file] = process.argv.slice(2) as [string, string];
const client = new MithaqClient({ url });
const kept = await readFile(file, 'utf8').then(JSON.parse as () => Kept, (): Kept => ({
  position: '0',
  signatures: {},
}));

const streams = new Set<string>();
let all = false;
const filter = { after: kept.position, category: ['agreement', 'source'] } as const;
for await (const { event, position, caughtUp } of client.events(filter)) {
  if (event) streams.add(event.subject);
  all ||= event !== null && CURATION.test(event.data.type);
  if (!caughtUp) continue;
  const pairs = new Set(all ? Object.keys(kept.signatures) : []);
  for (const stream of streams) for (const pair of await pairsOf(stream)) pairs.add(pair);
  for (const pair of pairs) kept.signatures[pair] = await latestSignature(pair);
  [kept.position, all] = [position, false];
  streams.clear();
  await writeFile(`${file}.new`, JSON.stringify(kept), { flush: true });
  await rename(`${file}.new`, file);
}

/** The pairs of an agreement, or of the one that it was merged into. */
async function pairsOf(stream: string) {
  if (!stream.startsWith('agreement-')) return [];
  const id = stream.slice('agreement-'.length);
  const { parties } = await client.get('/v1/agreements/{id}/history', { id, limit: 1 });
  const codes = parties.map(({ code }) => code).sort();
  return codes.flatMap((a, i) => codes.slice(i + 1).map((b) => `${a}-${b}`));
}

/** The last of those that stand: the ledger tells them in the order of their partial dates. */
async function latestSignature(pair: string) {
  let latest = null;
  for await (const { entries } of client.pages('/v1/relationships/{pair}/history', { pair, limit: 500 })) {
    for (const { type, stream, eventId, occurredOn } of entries) {
      if (type === 'Signed') latest = { stream, eventId, occurredOn };
    }
  }
  return latest;
}
