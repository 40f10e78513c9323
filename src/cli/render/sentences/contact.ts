import { joined, type Line, plain, say } from '../spans.js';
import { areas, dateField, inPlace, listOf, localized, persons, placeName, textLine, textOf } from '../values.js';
import { codeWords, counted } from '../words.js';
import { linked } from './agreement.js';
import type { Context, Sentence, Teller } from './context.js';

type Data = Readonly<Record<string, unknown>>;

const names = (codes: unknown, { party }: Context): Line =>
  joined(
    listOf(codes).map((each) => [party(each)]),
    ' and ',
  );

/** `, planned for 2026`, or nothing. */
function plannedFor(data: Data, { options }: Context): Line | undefined {
  const date = dateField(data.plannedFor, options);
  return date && say`, for ${date}`;
}

function because({ reason }: Data): Line | undefined {
  const said = textLine(reason);
  return said && say`: ${said}`;
}

function visitDetails(data: Data, context: Context): NonNullable<Sentence['details']> {
  const { options } = context;
  return [
    ['delegation', persons(data.delegation, options)],
    ['hosts', persons(data.hosts, options)],
    ['occasion', localized(data.occasion, options)],
    ['areas', areas(data.areas, options)],
  ];
}

/** ` (working, minister, 3 days)`: the kind and level of a visit. */
function visitTraits({ kind, level, durationDays }: Data): Line {
  const traits = [
    ...[kind === 'other' ? undefined : textOf(kind), textOf(level)].flatMap((each) =>
      each === undefined ? [] : [say`${codeWords(each)}`],
    ),
    ...(typeof durationDays === 'number' ? [say`${counted(durationDays, 'day')}`] : []),
  ];
  return traits.length > 0 ? say` (${joined(traits, ', ')})` : [];
}

function visitPlaces({ places }: Data, { options }: Context): Line | undefined {
  const known = listOf(places).flatMap((each) => placeName(each, options) ?? []);
  return known.length === 0
    ? undefined
    : say` in ${joined(
        known.map((span) => [span]),
        ', ',
      )}`;
}

const exercise =
  (words: string): Teller =>
  (data, context, { stream }) => {
    const edition = textOf(data.edition);
    return {
      sentence: say`exercise ${words}${plannedFor(data, context)}${inPlace(data.place, context.options)}: ${context.record(stream)}${edition && say`, ${edition}`}`,
      details: [['took part', words === 'held' ? names(data.participants, context) : undefined]],
    };
  };

const relations =
  (words: string): Teller =>
  (_, context) => ({ sentence: say`relations ${words} between ${names(context.pair, context)}` });

/** What events of visits, meetings, mechanisms, exercises and relations say. */
export const contactSentences: Readonly<Record<string, Teller>> = {
  VisitPlanned: (data, context, { stream }) => ({
    sentence: say`planned${plannedFor(data, context)}: ${context.record(stream)}${visitPlaces(data, context)}${visitTraits(data)}`,
    details: visitDetails(data, context),
  }),
  VisitPostponed: (data, context, { stream }) => ({
    sentence: say`postponed${plannedFor(data, context)}: ${context.record(stream)}${because(data)}`,
  }),
  VisitCancelled: (data, context, { stream }) => ({
    sentence: say`cancelled: ${context.record(stream)}${because(data)}`,
  }),
  VisitHeld: (data, context) => ({
    sentence: say`${context.party(data.visitor)} visited ${context.party(data.host)}${visitPlaces(data, context)}${visitTraits(data)}`,
    details: visitDetails(data, context),
  }),
  VisitOutcomeLinked: (data, context, { stream }) => {
    const outcomes = [
      ...listOf(data.agreementIds).flatMap((id) => [linked('agreement', id, context) ?? []]),
      ...listOf(data.mechanismIds).flatMap((id) => [linked('mechanism', id, context) ?? []]),
    ];
    return { sentence: say`outcome of ${context.record(stream)}: ${joined(outcomes, '; ')}` };
  },
  MeetingHeld: (data, context) => {
    const level = textOf(data.level);
    return {
      sentence: say`${names(data.parties, context)} met${inPlace(data.place, context.options)}${level && say` (${codeWords(level)})`}`,
      details: [
        ['present', persons(data.participants, context.options)],
        ['areas', areas(data.areas, context.options)],
        ['outcome', localized(data.outcome, context.options)],
        ['during', linked('visit', data.visitId, context)],
      ],
    };
  },
  MechanismCreated: (data, context, { stream }) => ({
    sentence: say`instituted (${codeWords(textOf(data.kind) ?? 'mechanism')}): ${context.record(stream)}`,
    details: [
      ['mandate', localized(data.mandate, context.options)],
      ['under', linked('agreement', data.agreementId, context)],
    ],
  }),
  MechanismSessionHeld: (data, context, { stream }) => ({
    sentence: say`session${typeof data.ordinal === 'number' ? ` ${data.ordinal}` : undefined}${inPlace(data.place, context.options)}: ${context.record(stream)}`,
    details: [['outcome', localized(data.outcome, context.options)]],
  }),
  WorkPlanAdopted: (_, context, { stream }) => ({ sentence: say`work plan adopted: ${context.record(stream)}` }),
  ProgrammeRecorded: (data, context, { stream }) => ({
    sentence: say`programme (${codeWords(textOf(data.status) ?? 'status unknown')}): ${localized(data.title, context.options) ?? plain('without a title')}`,
    details: [['of', context.record(stream)]],
  }),
  MandateChanged: (data, context, { stream }) => ({
    sentence: say`mandate changed: ${context.record(stream)}`,
    details: [['mandate', localized(data.mandate, context.options)]],
  }),
  MechanismDissolved: (_, context, { stream }) => ({ sentence: say`dissolved: ${context.record(stream)}` }),
  ExerciseAnnounced: (data, context, entry) => {
    const { sentence } = exercise('announced')(data, context, entry);
    return { sentence, details: [['to take part', names(data.participants, context)]] };
  },
  ExerciseHeld: exercise('held'),
  ExerciseCancelled: (data, context, { stream }) => ({
    sentence: say`exercise cancelled: ${context.record(stream)}${because(data)}`,
  }),
  RelationsEstablished: relations('established'),
  RelationsSevered: relations('broken off'),
  RelationsRestored: relations('restored'),
  RepresentationChanged: (data, { party }) => ({
    sentence: say`representation of ${party(data.by)} changed: ${codeWords(textOf(data.level) ?? 'unknown')}`,
  }),
  CoverageDeclared: (data, { options }) => ({
    sentence: say`the ledger means to be complete for the pair from ${dateField(data.from, options) ?? 'an unknown day'}`,
  }),
};
