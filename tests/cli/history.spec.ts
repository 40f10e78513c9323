import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { HistoryEntry } from '../../src/cli/render/answers.js';
import { curationEvents } from '../../src/domain/curation/events.js';
import { FACT_TYPES } from '../../src/domain/registry.js';
import { renderHistory } from '../../src/cli/render/history.js';
import { drafted, entry, historyAnswer } from './answers.js';
import { anyLocalized, anyOptions, anyText, faults, linesOf, seen } from './terminal.js';

const options = { width: 100, colour: false, language: 'en' } as const;
const shown = (entries: readonly HistoryEntry[], more = {}) =>
  linesOf(renderHistory(historyAnswer(entries), { ...options, ...more })).map(seen);

/** The first line of an entry that has the title of `drafted`, without its date. */
function sentence(type: string, data: HistoryEntry['data'], more: Partial<HistoryEntry> = {}): string | undefined {
  const lines = shown([drafted, entry(type, data, more)], { width: 400 });
  return lines
    .filter((line) => /^[*?>-] /.test(line))
    .at(-1)
    ?.slice(16);
}

describe('the history of a relationship', () => {
  test('is shown in full', () => {
    const signed = entry(
      'Signed',
      { place: { name: { ar: 'مراكش', en: 'Marrakech' } }, occasion: { en: 'Air show' } },
      {
        occurredOn: '2024-10-30',
        earliest: '2024-10-30',
        latest: '2024-10-30',
        corrections: ['c1'],
        corroborations: ['c2'],
        disputes: [
          { disputeEventId: 'd1', path: '/occurredOn', alternatives: [{ value: '2024-10-31', evidence: [] }] },
        ],
        warnings: [{ code: 'odd', message: 'Signed twice' }],
      },
    );
    const claim = entry(
      'Signed',
      {},
      { occurredOn: '../2025-06-04', standing: 'claimed', when: 'possible', evidence: [] },
    );
    expect(shown([drafted, signed, claim])).toEqual([
      'Morocco (المغرب) – Pakistan (باكستان)  MAR-PAK',
      'order:      as things happened',
      'as of:      2026-11-23',
      'known at:   position 12, recorded 2026-11-23T12:00:00.000Z',
      'counted:    everything, mere claims too (minimum standing: claimed)',
      'marks:      * had happened by then; ? may have happened, not counted; > later than that',
      "titles:     […] is the recorder's description: no source gives the title.",
      '',
      'year not known',
      '* date unknown  A text exists (memorandum of understanding): [Memorandum on defence cooperation]',
      '                areas: Cybersecurity',
      '                when: 2026-11-23 at the latest',
      '                standing: reported by a publication in its own voice',
      '                evidence: 000, lines 3-4 (reported)',
      '                event event-of-AgreementDrafted, agreement-mou 0, position 1, recorded',
      '                2026-11-23T12:00:00.000Z',
      '',
      '2024',
      '* 2024-10-30    Signed in Marrakech: [Memorandum on defence cooperation]',
      '                occasion: Air show',
      '                standing: reported by a publication in its own voice',
      '                evidence: 000, lines 3-4 (reported)',
      '                corroborated by: c2',
      '                corrected by: c1',
      '                disputed: occurred on (/occurredOn), dispute d1',
      '                - 2024-10-31',
      '                warning: Signed twice (odd)',
      '                event event-of-Signed, agreement-mou 0, position 1, recorded',
      '                2026-11-23T12:00:00.000Z',
      '',
      'year not known',
      '? on or before 2025-06-04',
      '                Claimed: may have happened: signed: [Memorandum on defence cooperation]',
      '                when: 2026-11-23 at the latest',
      '                standing: claimed only, by unnamed or interested sources, or a forecast',
      '                event event-of-Signed, agreement-mou 0, position 1, recorded',
      '                2026-11-23T12:00:00.000Z',
    ]);
  });

  test('is grouped by the day of recording where that is its order', () => {
    const source = entry(
      'SourceRegistered',
      { title: { en: 'News' }, kind: 'news_article' },
      { stream: 'source-s', when: null, standing: null },
    );
    const lines = linesOf(renderHistory(historyAnswer([source, drafted], 'recorded'), options));
    expect(lines.filter((line) => line.startsWith('recorded on'))).toEqual(['recorded on 2026-11-23']);
    expect(lines).toContain('-               Source: News (news article)');
  });

  test('says that nothing is on record, and that more follows', () => {
    expect(shown([]).at(-1)).toBe('Nothing on record.');
    const rendered = renderHistory({ ...historyAnswer([drafted]), next: 'cursor' }, options);
    expect(linesOf(rendered).at(-1)).toBe('More entries follow, from cursor.');
  });

  test('keeps apart what was retracted, claimed, or is not yet', () => {
    expect(sentence('Initialled', {}, { retractedBy: 'r1', when: null, standing: null })).toBe(
      'Retracted: initialled: [Memorandum on defence cooperation]',
    );
    expect(sentence('Initialled', {}, { standing: 'claimed' })).toMatch(/^Claimed: initialled/);
    expect(sentence('Initialled', {}, { when: 'later' })).toMatch(/^Later: initialled/);
  });
});

const MOU = '[Memorandum on defence cooperation]';
const VISIT = 'the visit of Pakistan to Morocco (v)';
const visit = { visitor: 'PAK', host: 'MAR', level: 'minister', kind: 'working' };
const ofVisit = { stream: 'visit-v' };
const ofMechanism = { stream: 'mechanism-x' };

describe('a sentence', () => {
  test.each<[string, HistoryEntry['data'], string, Partial<HistoryEntry>?]>([
    ['AgreementProposed', { title: { en: 'Old' }, instrumentType: 'treaty' }, `Proposed (treaty): ${MOU}`],
    ['AreasClassified', { areas: ['logistics', 'new_area'] }, `Areas of cooperation of ${MOU}: Logistics, new area`],
    ['SignatureAnnounced', { plannedFor: '2026~' }, `Signature announced, not done, planned for about 2026: ${MOU}`],
    ['Initialled', {}, `Initialled: ${MOU}`],
    ['Signed', { place: { name: { en: 'Rabat' } } }, `Signed in Rabat: ${MOU}`],
    ['NegotiationHeld', {}, `Negotiated: ${MOU}`],
    ['SignatureConfirmed', { party: 'MAR' }, `Signature confirmed by Morocco: ${MOU}`],
    [
      'DomesticApprovalGiven',
      { party: 'MAR', organ: { en: 'Council of Ministers' } },
      `Approved at home by Council of Ministers, Morocco: ${MOU}`,
    ],
    ['ConsentExpressed', { party: 'PAK', means: 'ratification' }, `Consent (ratification) by Pakistan: ${MOU}`],
    ['ProvisionalApplicationStarted', {}, `Applied provisionally: ${MOU}`],
    ['ProvisionalApplicationEnded', {}, `No longer applied provisionally: ${MOU}`],
    ['EnteredIntoForce', {}, `Entered into force: ${MOU}`],
    ['Amended', { summary: 'Article 3' }, `Amended: ${MOU}`],
    ['Renewed', { until: '2030' }, `Renewed until 2030: ${MOU}`],
    ['Renewed', {}, `Renewed: ${MOU}`],
    ['Suspended', {}, `Suspended: ${MOU}`],
    ['Resumed', {}, `Resumed: ${MOU}`],
    [
      'DenunciationNotified',
      { by: 'PAK', effectiveOn: '2027-01-01' },
      `Denounced by Pakistan, with effect from 2027-01-01: ${MOU}`,
    ],
    ['DenunciationWithdrawn', {}, `Denunciation withdrawn: ${MOU}`],
    ['Terminated', {}, `Terminated: ${MOU}`],
    ['Expired', {}, `Expired: ${MOU}`],
    ['Superseded', { byAgreementId: 'new' }, `Superseded by agreement-new: ${MOU}`],
    ['Abandoned', {}, `Abandoned: ${MOU}`],
    ['TextPublished', { language: 'ar', authentic: true }, `Text published in ar, authentic: ${MOU}`],
    ['Registered', { registry: 'UNTS', number: 'I-1' }, `Registered in UNTS, number I-1: ${MOU}`],
    ['BindingnessAsserted', { party: 'MAR', binding: false }, `Claimed not to bind by Morocco: ${MOU}`],
    ['BindingnessAsserted', { party: 'MAR', binding: true }, `Claimed to bind by Morocco: ${MOU}`],
    [
      'TermsRecorded',
      { durationYears: 5, renewal: 'tacit', noticeMonths: 1, requiresRatification: true },
      `Terms of ${MOU}: lasts 5 years; renewal: tacit; notice: 1 month; requires ratification`,
    ],
    [
      'AgreementLinked',
      { toAgreementId: 'x', relation: 'possibly_same_as' },
      `${MOU} is possibly the same as agreement-x`,
    ],
    ['VisitPlanned', { ...visit, plannedFor: '2027' }, `Planned, for 2027: ${VISIT} (working, minister)`, ofVisit],
    ['VisitPostponed', { reason: 'storm' }, 'Postponed: visit-v: storm', ofVisit],
    ['VisitCancelled', {}, 'Cancelled: visit-v', ofVisit],
    [
      'VisitHeld',
      { ...visit, places: [{ name: { en: 'Rabat' } }], durationDays: 3 },
      'Pakistan visited Morocco in Rabat (working, minister, 3 days)',
      ofVisit,
    ],
    [
      'VisitOutcomeLinked',
      { agreementIds: ['mou'], mechanismIds: ['x'] },
      `Outcome of visit-v: ${MOU}; mechanism-x`,
      ofVisit,
    ],
    ['MeetingHeld', { parties: ['MAR', 'PAK'], level: 'military' }, 'Morocco and Pakistan met (military)'],
    [
      'MechanismCreated',
      { name: { en: 'Follow-up' }, kind: 'committee' },
      'Instituted (committee): Follow-up',
      ofMechanism,
    ],
    ['MechanismSessionHeld', { ordinal: 2 }, 'Session 2: mechanism-x', ofMechanism],
    ['WorkPlanAdopted', {}, 'Work plan adopted: mechanism-x', ofMechanism],
    ['ProgrammeRecorded', { title: { en: 'Radar' }, status: 'under_way' }, 'Programme (under way): Radar', ofMechanism],
    ['MandateChanged', { mandate: { en: 'More' } }, 'Mandate changed: mechanism-x', ofMechanism],
    ['MechanismDissolved', {}, 'Dissolved: mechanism-x', ofMechanism],
    [
      'ExerciseAnnounced',
      { name: { en: 'PATS' }, plannedFor: '2027' },
      'Exercise announced, for 2027: PATS',
      { stream: 'exercise-p' },
    ],
    ['ExerciseHeld', { name: { en: 'PATS' }, edition: '7th' }, 'Exercise held: PATS, 7th', { stream: 'exercise-p' }],
    ['ExerciseCancelled', {}, 'Exercise cancelled: exercise-p', { stream: 'exercise-p' }],
    ['RelationsEstablished', {}, 'Relations established between Morocco and Pakistan'],
    ['RelationsSevered', {}, 'Relations broken off between Morocco and Pakistan'],
    ['RelationsRestored', {}, 'Relations restored between Morocco and Pakistan'],
    ['RepresentationChanged', { by: 'MAR', level: 'embassy' }, 'Representation of Morocco changed: embassy'],
    ['CoverageDeclared', { from: '2020' }, 'The ledger means to be complete for the pair from 2020'],
    ['SourceWithdrawn', { reason: 'forged' }, 'Source withdrawn: source-s', { stream: 'source-s' }],
    [
      'FactCorroborated',
      { targetEventId: 'event-of-AgreementDrafted' },
      `Further evidence for “agreement drafted” of ${MOU}`,
    ],
    ['FactCorrected', { targetEventId: 'gone', changes: [] }, 'Corrected: event gone'],
    [
      'FactDisputed',
      { targetEventId: 'gone', path: '/data/parties/1' },
      'Disputed: parties 2 (/data/parties/1) of event gone',
    ],
    ['DisputeResolved', { value: { en: 'General' } }, 'Dispute resolved: General stands'],
    ['FactRetracted', { targetEventId: 'event-of-AgreementDrafted' }, `Retracted: “agreement drafted” of ${MOU}`],
    ['RecordMerged', { intoId: 'mou' }, `Merged: agreement-old into ${MOU}`, { stream: 'agreement-old' }],
    ['TreatyFramed', { where: 'hall' }, `Treaty framed: ${MOU}`],
  ])('for %s', (type, data, told, more = {}) => {
    expect(sentence(type, data, more)).toBe(told);
  });

  test('of a type that is not known has all its fields under it', () => {
    const lines = shown([entry('TreatyFramed', { by: 'MAR', ground: { en: 'Dispute' }, list: [1, { a: null }] })]);
    expect(lines.map((line) => line.trim())).toEqual(
      expect.arrayContaining(['by: MAR', 'ground: Dispute', 'list: 1; a: none']),
    );
  });

  test('of each type that states a fact or is curation is written', () => {
    const types = [...FACT_TYPES.keys(), ...Object.keys(curationEvents)];
    // Of what no sentence is written for, its name is told in words, and its fields.
    const unwritten = types.filter((type) =>
      shown([entry(type, { nonsense: 'told' })]).some((line) => line.trim() === 'nonsense: told'),
    );
    expect(unwritten).toEqual([]);
  });

  test('of an amendment and of a termination has their words under it', () => {
    const lines = shown([
      entry('Amended', { summary: 'Article 3', amendingAgreementId: 'protocol' }),
      entry('Terminated', { ground: { en: 'Breach' } }),
    ]).map((line) => line.trim());
    expect(lines).toEqual(expect.arrayContaining(['summary: Article 3', 'by: agreement-protocol', 'ground: Breach']));
  });

  test('tells what was corrected, and what the sources of a dispute say', () => {
    const change = { path: '/data/rank', from: null, to: { en: 'General' } };
    const either = { value: '2024', evidence: [{ sourceId: 's', locator: 'line 1', standing: 'claimed' }] };
    const lines = shown([
      entry('FactCorrected', { changes: [change], reason: 'misread' }),
      entry('FactDisputed', { path: '/occurredOn', alternatives: [either] }),
    ]).map((line) => line.trim());
    expect(lines).toEqual(
      expect.arrayContaining([
        'change: rank (/data/rank): General, not none',
        'reason: misread',
        'either: 2024, by s, line 1 (claimed)',
      ]),
    );
  });
});

test('a history keeps to the width, with isolates closed and no control characters, whatever the data', () => {
  const types = fc.constantFrom(
    ...[
      'AgreementDrafted',
      'Signed',
      'TermsRecorded',
      'DomesticApprovalGiven',
      'ConsentExpressed',
      'Amended',
      'Renewed',
      'DenunciationNotified',
      'Terminated',
      'Superseded',
      'TextPublished',
      'Registered',
      'BindingnessAsserted',
      'AgreementLinked',
      'VisitHeld',
      'VisitOutcomeLinked',
      'MeetingHeld',
    ],
    ...['MechanismCreated', 'ProgrammeRecorded', 'ExerciseHeld', 'RepresentationChanged', 'SourceRegistered'],
    ...['FactCorrected', 'FactDisputed', 'DisputeResolved', 'FactRetracted', 'RecordMerged', 'Unheard'],
  );
  const fields = [
    'title',
    'name',
    'parties',
    'place',
    'places',
    'signatories',
    'witnesses',
    'delegation',
    'areas',
    'path',
  ];
  const field = fc.oneof(
    anyText,
    anyLocalized,
    fc.jsonValue({ maxDepth: 3 }),
    fc.array(fc.record({ name: anyLocalized })),
  );
  const data = fc.dictionary(
    fc.oneof(
      fc.constantFrom(
        ...fields,
        ...['means', 'organ', 'summary', 'registry', 'number', 'language', 'until', 'by'],
        'alternatives',
        'changes',
        'reason',
        'targetEventId',
        'plannedFor',
      ),
      anyText,
    ),
    field,
    { maxKeys: 6 },
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(types, data, anyText), { maxLength: 4 }), anyOptions, (events, each) => {
      const entries = events.map(([type, fieldsOf, text]) =>
        entry(type, fieldsOf, {
          eventId: text,
          stream: text,
          occurredOn: text,
          recordedAt: text,
          standing: text,
          evidence: [{ sourceId: text, locator: text, standing: text, note: text }],
          corrections: [text],
          retractedBy: text,
          warnings: [{ code: text, message: text }],
        }),
      );
      expect(faults(renderHistory(historyAnswer(entries), each), each)).toEqual([]);
    }),
  );
});
