import { once } from 'node:events';
import { allBuiltInParties } from '../../src/domain/party/iso-3166.js';
import { line } from './bulk.js';
import { evidence } from './ledger.js';

/**
 * Writes a file of so many commands to the standard output, each of them taken: `node … 1000000 > file.ndjson`. Made by
 * arithmetic, so the same count gives the same file: a source, then what it tells of a pair, over all pairs in turn.
 */
const count = Number(process.argv[2] ?? 1000);
const codes = allBuiltInParties()
  .map(({ code }) => code)
  .sort();

function pairAt(n: number): [string, string] {
  const first = n % codes.length;
  const second = (first + 1 + (Math.floor(n / codes.length) % (codes.length - 1))) % codes.length;
  return [codes[first]!, codes[second]!].sort() as [string, string];
}

const day = (n: number) => new Date(Date.UTC(1990, 0, 1 + (n % 12_000))).toISOString().slice(0, 10);

/** What one source tells: ten commands. */
function storyAt(n: number): string[] {
  const [a, b] = pairAt(n);
  const id = `g${n}`;
  const title = { en: `Agreement ${n}`, ar: `اتفاق ${n}` };
  const dated = (days: number) => ({ occurredOn: day(n + days), evidence: evidence(id) });
  const agreement = { agreementId: id, ...dated(30) };
  return [
    line(`${id}-0`, 'RegisterSource', { sourceId: id, title, kind: 'dataset', language: 'en', publishedOn: '2024' }),
    line(`${id}-1`, 'DraftAgreement', {
      ...agreement,
      parties: [a, b],
      title,
      instrumentType: 'treaty',
      areas: ['logistics'],
    }),
    line(`${id}-2`, 'PlanVisit', {
      visitId: id,
      ...dated(40),
      visitor: a,
      host: b,
      level: 'minister',
      kind: 'working',
    }),
    line(`${id}-3`, 'SignAgreement', { agreementId: id, ...dated(50), visitId: id }),
    line(`${id}-4`, 'HoldVisit', {
      visitId: id,
      ...dated(50),
      visitor: a,
      host: b,
      level: 'minister',
      kind: 'working',
    }),
    line(`${id}-5`, 'BringIntoForce', { agreementId: id, ...dated(300) }),
    line(`${id}-6`, 'CreateMechanism', {
      mechanismId: id,
      ...dated(310),
      parties: [a, b],
      name: title,
      kind: 'committee',
      agreementId: id,
    }),
    line(`${id}-7`, 'ConveneMechanism', { mechanismId: id, ...dated(400), ordinal: 1 }),
    line(`${id}-8`, 'LinkOutcome', { visitId: id, ...dated(50), agreementIds: [id], mechanismIds: [id] }),
    line(`${id}-9`, 'RecordTerms', {
      agreementId: id,
      ...dated(50),
      durationYears: 5,
      renewal: 'tacit',
      noticeMonths: 6,
    }),
  ];
}

let written = 0;
for (let n = 0; written < count; n += 1) {
  for (const next of storyAt(n).slice(0, count - written)) {
    written += 1;
    if (!process.stdout.write(`${next}\n`)) await once(process.stdout, 'drain');
  }
}
