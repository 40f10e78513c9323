import { expect } from '@jest/globals';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import type { LedgerEvent } from '../../src/domain/event.js';
import { pairsAmong } from '../../src/domain/values/pair.js';
import type { CloudEvent } from '../../src/subscriptions/cloud-event.js';
import { LiveFeed } from '../../src/subscriptions/live-feed.js';
import { sourceData, visitData } from './facts.js';
import { cloudEventOf, FeedReader } from './feed.js';
import { evidence } from './ledger.js';
import { type Client, serveLedger } from './server.js';

const PARTIES = ['MAR', 'PAK', 'TUR', 'CZE'];
const STANDINGS = ['claimed', 'reported', 'announced', 'documented'] as const;
const PAIRS = pairsAmong(PARTIES);

/** What of the visits that are recorded a client wants, said twice: as a query and as a test. */
const WANTED: readonly [query: string, (event: LedgerEvent) => boolean][] = [
  ['', () => true],
  ['category=visit', isVisit],
  ['type=SourceRegistered', (e) => !isVisit(e)],
  [
    'minimumStanding=announced',
    (e) => !isVisit(e) || ['announced', 'documented'].includes(e.body.evidence[0]!.standing),
  ],
  ...PARTIES.map((code): [string, (event: LedgerEvent) => boolean] => [
    `party=${code}`,
    (e) => isVisit(e) && partiesOf(e).includes(code),
  ]),
  ...PAIRS.map((pair): [string, (event: LedgerEvent) => boolean] => [
    `pair=${pair}`,
    (e) => isVisit(e) && [...partiesOf(e)].sort().join('-') === pair,
  ]),
];

function isVisit({ stream }: LedgerEvent): boolean {
  return stream.startsWith('visit-');
}
function partiesOf({ body }: LedgerEvent): string[] {
  const { visitor, host } = body.data as { visitor: string; host: string };
  return [visitor, host];
}

export interface Load {
  readonly followers: number;
  readonly events: number;
  /** Whether each goes away at random and comes back where it was. */
  readonly reconnects: boolean;
  /** How long after the last each event is sent, in milliseconds; once the last was recorded unless given. */
  readonly everyMs?: number;
}

/**
 * Records while many follow, and expects that each gets every event of its filter once and in order.
 * @returns how long after it was recorded each event came, in milliseconds, ascending
 */
export async function followersSee({ followers, events, reconnects, everyMs }: Load): Promise<number[]> {
  const ledger = await serveLedger({ feed: { heartbeatMs: Math.max(200, 5 * followers) } });
  try {
    const { client } = ledger;
    await client.given('RegisterSource', sourceData({ sourceId: 's' }));
    const end = { position: Number.MAX_SAFE_INTEGER };
    const all = Array.from({ length: followers }, (_, n) => {
      const follower = new Follower(WANTED[n % WANTED.length]![0], reconnects ? randomFrom(n) : undefined);
      return { follower, seen: follower.follow(client.url, end) };
    });
    const feed = ledger.app.get(LiveFeed, { strict: false });
    while (!reconnects && feed.size < followers) await nextTurn();
    await record(client, events, everyMs);
    const recorded = await client.events();
    end.position = recorded.length;
    await Promise.all(all.map(({ seen }) => seen));
    for (const [n, { follower }] of all.entries()) {
      const [query, wanted] = WANTED[n % WANTED.length]!;
      const positions = recorded.filter(wanted).map((e) => e.position);
      expect({ query, positions: follower.positions }).toEqual({ query, positions });
    }
    return all.flatMap(({ follower }) => follower.lags).sort((a, b) => a - b);
  } finally {
    await ledger.close();
  }
}

/** Numbers from 0 to below 1, the same each time for a seed. */
const randomFrom = (seed: number) => () => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) | 0;
  return (seed >>> 0) / 2 ** 32;
};

class Follower {
  readonly positions: number[] = [];
  readonly lags: number[] = [];
  #at = '0';

  /** @param random where it is to go away at any moment */
  constructor(
    private readonly query: string,
    private readonly random: (() => number) | undefined,
  ) {}

  /** Until it is told that it has all up to there. */
  async follow(url: string, end: { readonly position: number }): Promise<void> {
    for (let done = false; !done;) {
      const reader = await FeedReader.open(url, `?${this.query}`, { 'last-event-id': this.#at });
      const some = this.random ? Math.floor(this.random() * 8) : Infinity;
      for (let n = 0; n < some && !done; n += 1) {
        const message = await reader.nextOrHeartbeat();
        if (!message) throw new Error(`The feed of ${this.query} ended`);
        if (message.event === 'message') this.#take(cloudEventOf(message));
        this.#at = message.lastEventId;
        done = message.event !== 'message' && Number(this.#at) >= end.position;
      }
      reader.close();
    }
  }

  #take({ position, time }: CloudEvent): void {
    this.positions.push(Number(position));
    this.lags.push(Date.now() - Date.parse(time));
  }
}

async function record(client: Client, events: number, everyMs: number | undefined): Promise<void> {
  const under: Promise<unknown>[] = [];
  const began = Date.now();
  for (let n = 0; n < events; n += 1) {
    const recorded = recordOne(client, n);
    under.push(recorded);
    // Those that are to come at a rate do not wait for each other.
    await (everyMs === undefined ? recorded : pause(Math.max(0, began + (n + 1) * everyMs - Date.now())));
  }
  await Promise.all(under);
}

function recordOne(client: Client, n: number): Promise<unknown> {
  if (n % 10 === 9) return client.given('RegisterSource', sourceData({ sourceId: `source-${n}` }));
  const [visitor, host] = PAIRS[n % PAIRS.length]!.split('-');
  const cited = evidence('s', STANDINGS[n % STANDINGS.length]);
  return client.given('HoldVisit', visitData({ visitId: `v-${n}`, visitor, host, evidence: cited }));
}
