import fc from 'fast-check';
import { eventId } from '../../src/commands/command-recorder.js';
import { agreementData, exerciseData, mechanismData, meetingData, partyData, sourceData, visitData } from './facts.js';
import { type Data, evidence } from './ledger.js';

/**
 * Files of commands on a few ids, so that lines often touch, name, cite, merge and curate what other lines record, before
 * or after it is there. Curation names events that earlier lines would record: their ids follow from the commands' ids.
 */
const id = fc.constantFrom('a', 'a', 'b', 'b', 'c');
const source = fc.constantFrom('s', 's', 's', 't', 'u');
const two = fc.constantFrom(['MAR', 'PAK'], ['MAR', 'PAK'], ['MAR', 'TUR'], ['CSK', 'MAR']);
const date = fc.constantFrom(null, '1950', '2020-05', '2021-03-04', '2022~', '2017', '2018-01', '2023');
const cited = source.map((s) => evidence(s));

interface Command {
  readonly type: string;
  readonly stream: string;
  readonly data: Data;
}

const said = (
  type: string,
  category: string,
  field: string,
  fields: Record<string, fc.Arbitrary<unknown>>,
  make: (more: Data) => Data = (more) => more,
): fc.Arbitrary<Command> =>
  fc.record({ [field]: id, occurredOn: date, evidence: cited, ...fields }).map((data) => ({
    type,
    stream: `${category}-${String(data[field])}`,
    data: make(data),
  }));

const plain = (type: string, category: string, ids: fc.Arbitrary<string>, make: (id: string) => Data) =>
  ids.map((i): Command => ({ type, stream: `${category}-${i}`, data: make(i) }));

const fact: fc.Arbitrary<Command> = fc.oneof(
  plain('RegisterSource', 'source', source, (sourceId) => sourceData({ sourceId })),
  plain('WithdrawSource', 'source', source, (sourceId) => ({ sourceId, reason: 'x' })),
  plain('RegisterParty', 'party', fc.constant('CSK'), (code) =>
    partyData({ code, existedFrom: '1955', existedUntil: '2021' }),
  ),
  said('DraftAgreement', 'agreement', 'agreementId', { parties: two, parentAgreementId: id }, agreementData),
  said('ProposeAgreement', 'agreement', 'agreementId', { parties: two }, agreementData),
  said('SignAgreement', 'agreement', 'agreementId', { visitId: id }),
  said('LinkAgreement', 'agreement', 'agreementId', { toAgreementId: id, relation: fc.constant('follows') }),
  said('PlanVisit', 'visit', 'visitId', {}, visitData),
  said('HoldVisit', 'visit', 'visitId', {}, visitData),
  said('LinkOutcome', 'visit', 'visitId', { agreementIds: id.map((i) => [i]), mechanismIds: id.map((i) => [i]) }),
  said('HoldMeeting', 'meeting', 'meetingId', { parties: two, visitId: id }, meetingData),
  said('CreateMechanism', 'mechanism', 'mechanismId', { parties: two, agreementId: id }, mechanismData),
  said('HoldExercise', 'exercise', 'exerciseId', { participants: two }, exerciseData),
  fc.record({ occurredOn: date, evidence: cited, pair: two.map((p) => [...p].sort().join('-')) }).map((data) => ({
    type: 'SeverRelations',
    stream: `relationship-${data.pair}`,
    data,
  })),
);

const path = fc.constantFrom(
  ['/occurredOn', '2019'],
  ['/data/visitId', 'c'],
  ['/data/parties', ['CSK', 'MAR']],
  ['/data/parentAgreementId', 'b'],
) as fc.Arbitrary<readonly [string, unknown]>;

type Curation = (target: Command, targetEventId: string) => { type: string; data: Data };
const curation: fc.Arbitrary<Curation> = fc.oneof(
  cited.map((e): Curation => ({ stream }, targetEventId) => ({
    type: 'CorroborateFact',
    data: { stream, targetEventId, evidence: e },
  })),
  fc.tuple(path, cited).map(([[at, to], e]): Curation => ({ stream, data }, targetEventId) => ({
    type: 'CorrectFact',
    data: {
      stream,
      targetEventId,
      changes: [{ path: at, from: data[at.replace(/.*\//, '')] ?? null, to }],
      reason: 'x',
      evidence: e,
    },
  })),
  cited.map((e): Curation => ({ stream, data }, targetEventId) => ({
    type: 'DisputeFact',
    data: {
      stream,
      targetEventId,
      path: '/occurredOn',
      alternatives: [data['occurredOn'] ?? null, '2018'].map((value) => ({ value, evidence: e })),
    },
  })),
  cited.map((e): Curation => ({ stream }, disputeEventId) => ({
    type: 'ResolveDispute',
    data: { stream, disputeEventId, value: '2018', reason: 'x', evidence: e },
  })),
  fc.constant<Curation>(({ stream }, targetEventId) => ({
    type: 'RetractFact',
    data: { stream, targetEventId, reason: 'x' },
  })),
  id.map((intoId): Curation => ({ stream }) => ({ type: 'MergeRecord', data: { stream, intoId, reason: 'x' } })),
);

const step = fc.record({
  fact,
  curation: fc.oneof(fc.constant(undefined), curation),
  /** Which of the earlier lines. */
  earlier: fc.nat(1000),
  expectedRevision: fc.constantFrom<number | null>(...Array<null>(20).fill(null), 0, 1, 2),
  oddity: fc.constantFrom(...Array<string>(25).fill(''), 'blank', 'not JSON', 'again', 'same id', 'malformed'),
});

/** The lines of a file, without their line feeds. */
export const randomFile = (maxLength = 40): fc.Arbitrary<string[]> =>
  fc.tuple(fc.nat(4), fc.array(step, { minLength: 10, maxLength, size: 'max' })).map(([sourced, steps]) => {
    const commands: (Command & { readonly commandId: string })[] = [];
    const lines: string[] = [];
    if (sourced > 0) {
      lines.push(JSON.stringify({ commandId: 'first', type: 'RegisterSource', data: sourceData({ sourceId: 's' }) }));
    }
    steps.forEach((s, i) => {
      const pick = commands[s.earlier % commands.length];
      const target = s.curation && pick;
      const made = target
        ? { stream: target.stream, ...s.curation!(target, eventId(target.stream, target.commandId, 0)) }
        : s.fact;
      const commandId = s.oddity === 'same id' && pick ? pick.commandId : `c${i}`;
      const { type, data } = made;
      const line = JSON.stringify({
        commandId,
        type,
        data: s.oddity === 'malformed' ? { ...data, nonsense: 1 } : data,
        ...(s.expectedRevision !== null && { expectedRevision: s.expectedRevision }),
      });
      commands.push({ ...made, commandId });
      if (s.oddity === 'blank') lines.push(' \t\r');
      else if (s.oddity === 'not JSON') lines.push(line.slice(0, -1));
      else if (s.oddity === 'again' && lines.length > 0) lines.push(lines[s.earlier % lines.length]!);
      else lines.push(line);
    });
    return lines;
  });
