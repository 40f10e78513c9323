import { MithaqProblem } from '@mithaq/client';
import { pairsAmong } from '../../src/domain/values/pair.js';
import { act, agreementData, sourceData } from './facts.js';
import { type Data, evidence } from './ledger.js';
import type { PatientClient } from './patient.js';

/** A fact that was recorded, and as what. */
interface Made {
  readonly stream: string;
  readonly targetEventId: string;
  readonly data: Data;
}

const DATES = ['2019-05-01', '2020-02-29', '2020', '2021-03', '../2023-01-01', '2024-06-07', null];
/** So many pairs that what went wrong with one is not soon mended by another signature of it. */
const PARTIES = [
  ...pairsAmong(['AZE', 'CZE', 'FRA', 'MAR', 'PAK', 'TUR']).map((pair) => pair.split('-')),
  ['MAR', 'PAK', 'TUR'],
];
/** How many commands cite a source, before there is another. */
const PER_SOURCE = 10;

/** Signatures, and what may move one: other dated facts, curation, sources that are withdrawn. */
export class SignatureLoad {
  readonly #made: Made[] = [];
  #sent = 0;

  constructor(
    private readonly client: PatientClient,
    private readonly random: () => number,
  ) {}

  /** Sends another command; that it may be refused is part of it. */
  async next(): Promise<void> {
    const n = this.#sent++;
    const [command, data] = n % PER_SOURCE === 0 ? sourceNamed(`s-${n}`) : this.#command(n);
    try {
      const { stream, events } = await this.client.send(command, data);
      if ('occurredOn' in data) this.#made.push({ stream, targetEventId: events[0]!.eventId, data });
    } catch (error) {
      if (!(error instanceof MithaqProblem) || ![400, 404, 409].includes(error.status)) throw error;
    }
  }

  /** What has no source left is no longer the latest, and nothing that follows mends a table that missed it. */
  async withdrawEveryOtherSource(): Promise<void> {
    for (let n = 0; n < this.#sent; n += 2 * PER_SOURCE) {
      await this.client.send('WithdrawSource', { sourceId: `s-${n}`, reason: 'At the end' });
    }
  }

  #command(n: number): [command: string, data: Data] {
    const cited = evidence(`s-${n - (n % PER_SOURCE)}`);
    const occurredOn = this.#pick(DATES);
    const draft = agreementData({ agreementId: `a-${n}`, parties: this.#pick(PARTIES), occurredOn, evidence: cited });
    if (this.#made.length === 0) return ['DraftAgreement', draft];
    const { stream, targetEventId, data } = this.#pick(this.#made);
    const { agreementId } = this.#pick(this.#made).data;
    const dated = act({ agreementId, occurredOn, evidence: cited });
    const said = { stream, targetEventId, reason: 'x' };
    const corrected = (path: string, from: unknown, to: unknown): [string, Data] => [
      'CorrectFact',
      { ...said, changes: [{ path, from: from ?? null, to }], evidence: cited },
    ];
    return this.#pick<() => [string, Data]>([
      () => ['DraftAgreement', draft],
      () => ['DraftAgreement', draft],
      () => ['SignAgreement', dated],
      () => ['SignAgreement', dated],
      () => ['SignAgreement', dated],
      () => ['BringIntoForce', dated],
      () => corrected('/occurredOn', data['occurredOn'], occurredOn),
      () => corrected('/data/parties', data['parties'], this.#pick(PARTIES)),
      () => ['RetractFact', said],
      () => ['CorroborateFact', { stream, targetEventId, evidence: cited }],
      () => ['MergeRecord', { stream, intoId: agreementId, reason: 'x' }],
      () => [
        'WithdrawSource',
        { sourceId: `s-${PER_SOURCE * Math.floor((this.random() * n) / PER_SOURCE)}`, reason: 'x' },
      ],
    ])();
  }

  #pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.random() * items.length)]!;
  }
}

const sourceNamed = (sourceId: string): [string, Data] => ['RegisterSource', sourceData({ sourceId })];
