import type { DisputeAnswer, FactAnswer, MechanismAnswer, StatusAnswer } from './answers.js';
import { boundsWords, dateSpan } from './dates.js';
import { alternativeLines, idList } from './evidence.js';
import { pairHeading, partyName } from './parties.js';
import { labelled, queryLines } from './query.js';
import { hang, joined, type Line, plain, print, say, styled, usableWidth, value, wrap } from './spans.js';
import { agreementLines, inShownOrder, isClaim } from './status-agreements.js';
import { table } from './table.js';
import { localDigits, type RenderOptions } from './text.js';
import { areaSpan, countSpan, localized } from './values.js';
import { code, flagWords, pathLine, stageWords } from './words.js';

/** The status of a relationship for a terminal. */
export function renderStatus(answer: StatusAnswer, options: RenderOptions): string {
  const width = usableWidth(options);
  const agreements = inShownOrder(answer.agreements);
  const none = [[plain('none on record')]];
  const sections: [string, Line[]][] = [
    ['Agreements', agreements.length > 0 ? agreementLines(agreements, options, width) : none],
    ['Mechanisms', answer.mechanisms.length > 0 ? mechanismLines(answer.mechanisms, options, width) : none],
    ['Contacts', contactLines(answer, options, width)],
    ['Areas of cooperation', answer.areas.length > 0 ? areaLines(answer, agreements, options, width) : none],
  ];
  if (answer.openDisputes.length > 0) {
    sections.push(['Open disputes', answer.openDisputes.flatMap((each, i) => disputeLines(each, i, options, width))]);
  }
  if (answer.possible.length > 0) {
    sections.push(['Possible: may have happened by then, not counted', factLines(answer.possible, options, width)]);
  }
  if (answer.unsupported.length > 0) {
    sections.push(['Unsupported: every source withdrawn, not counted', factLines(answer.unsupported, options, width)]);
  }
  return print(
    [
      ...headLines(answer, options, width),
      ...sections.flatMap(([title, lines]): Line[] => [[], ...wrap([plain(title, 'strong')], width), ...lines]),
    ],
    options,
  );
}

function headLines(answer: StatusAnswer, options: RenderOptions, width: number): Line[] {
  const flags = Object.entries(answer.flags).flatMap(([flag, set]) => (set ? [[value(flagWords(flag), 'warn')]] : []));
  const meaning = stageWords(answer.stage);
  return [
    ...wrap(styled(pairHeading(answer.pair, answer.parties, options), 'strong'), width),
    ...labelled('stage', say`${styled([code(answer.stage)], 'strong')}${meaning && say`: ${meaning}`}`, width),
    ...(restsOnClaims(answer)
      ? labelled('but', [plain('this rests on mere claims: nothing better is on record', 'warn')], width)
      : []),
    ...labelled('flags', flags.length > 0 ? joined(flags, '; ') : [plain('none')], width),
    ...queryLines(answer, options, width),
    ...labelled(
      'coverage',
      answer.coverageFrom === null
        ? [plain('not declared: what is not listed may be unknown rather than absent')]
        : say`meant to be complete from ${dateSpan(answer.coverageFrom, options)}`,
      width,
    ),
    ...representationLines(answer, options, width),
    ...(answer.possible.length > 0
      ? labelled(
          'possible',
          say`more may have happened by then, see below: ${countSpan(answer.possible.length, options)}`,
          width,
        )
      : []),
    ...(answer.reasons.length > 0 ? labelled('rests on', styled(idList(answer.reasons), 'faint'), width) : []),
  ];
}

function representationLines({ representation = {}, parties }: StatusAnswer, options: RenderOptions, width: number) {
  const each = Object.entries(representation).map(
    ([party, level]) => say`${partyName(party, parties, options)}: ${code(level)}`,
  );
  return each.length > 0 ? labelled('missions', joined(each, '; '), width) : [];
}

const RUNGS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    negotiating: ['proposed', 'drafted', 'initialled'],
    signed: ['signed', 'suspended'],
    in_force: ['in_force'],
    institutionalised: ['in_force'],
  }),
);

/** A stage that nothing but claims holds must not read like the others. */
function restsOnClaims({ stage, agreements }: StatusAnswer): boolean {
  const holding = agreements.filter(({ status }) => RUNGS.get(stage)?.includes(status ?? ''));
  return holding.length > 0 && holding.every(isClaim);
}

function mechanismLines(mechanisms: readonly MechanismAnswer[], options: RenderOptions, width: number): Line[] {
  const rows = mechanisms.map((mechanism) => {
    const { mechanismId, name, status, standing, sessions } = mechanism;
    // An answer without the field says nothing of how it stands.
    const claimed = standing !== undefined && isClaim(mechanism);
    return [
      [
        [localized(name, options) ?? plain('name unknown')],
        [value(mechanismId, 'faint')],
        ...(status === 'created' ? [[plain('not known to have met')]] : []),
      ],
      [[...(claimed ? [plain('claimed: ', 'warn')] : []), status === null ? plain('—') : code(status)]],
      [[standing === undefined ? plain('—') : standing === null ? plain('unsupported', 'warn') : code(standing)]],
      [[countSpan(sessions, options)]],
    ];
  });
  return table({ main: 'name', columns: ['name', 'status', 'standing', 'sessions'], rows }, width);
}

function contactLines({ visits, meetings, exercises, parties }: StatusAnswer, options: RenderOptions, width: number) {
  const number = (count: number) => (count === 0 ? plain('none on record') : countSpan(count, options));
  const direction = (from: string, to: string) =>
    say`${partyName(from, parties, options)} to ${partyName(to, parties, options)}`;
  const directions = Object.entries(visits.byDirection).map(([way, count]) => {
    const [from = '', to = ''] = way.split('>');
    return say`${direction(from, to)}: ${number(count)}`;
  });
  const last = visits.last.map(
    ({ visitId, visitor, host, occurredOn }) =>
      say`${visitor !== undefined && host !== undefined ? say`${direction(visitor, host)}, ` : undefined}${dateSpan(occurredOn, options)}: ${value(visitId)}`,
  );
  return [
    ...labelled(
      'visits',
      say`${number(visits.count)}${visits.count > 0 ? say` (${joined(directions, '; ')})` : undefined}`,
      width,
    ),
    ...(last.length > 0 ? wrap([plain('the last in each direction, as far as the dates tell:', 'faint')], width) : []),
    ...last.flatMap((line) => hang([plain('  - ')], line, 4, width)),
    ...labelled('meetings', say`${number(meetings.count)}`, width),
    ...labelled('exercises', say`${number(exercises.count)}`, width),
  ];
}

function areaLines(
  { areas }: StatusAnswer,
  agreements: StatusAnswer['agreements'],
  options: RenderOptions,
  width: number,
): Line[] {
  const rows = areas.map(({ code: area, agreementIds }) => {
    const covering = agreements.flatMap((agreement, i) =>
      agreementIds.includes(agreement.agreementId)
        ? [say`${countSpan(i + 1, options)}${isClaim(agreement) ? say` (claimed)` : undefined}`]
        : [],
    );
    const others = agreementIds.filter((id) => !agreements.some(({ agreementId }) => agreementId === id));
    return [[[areaSpan(area, options)]], [joined([...covering, ...others.map((id) => [value(id)])], ', ')]];
  });
  return [
    ...table({ main: 'area', columns: ['area', 'named in agreements #'], rows }, width),
    ...wrap([plain('As far as the sources name them: never a complete list.', 'faint')], width),
  ];
}

function disputeLines(dispute: DisputeAnswer, index: number, options: RenderOptions, width: number): Line[] {
  const { stream, targetEventId, path, alternatives, disputeEventId } = dispute;
  return [
    ...hang(say`${countSpan(index + 1, options)}. `, say`${pathLine(path)} of ${stream}`, 3, width),
    ...alternativeLines(alternatives, 3, options, width),
    ...hang(
      [],
      styled(
        say`${targetEventId === undefined ? undefined : say`event ${targetEventId}, `}dispute ${disputeEventId}`,
        'faint',
      ),
      3,
      width,
    ),
  ];
}

function factLines(facts: readonly FactAnswer[], options: RenderOptions, width: number): Line[] {
  const rows = facts.map(({ eventId, type, stream, earliest, latest }) => [
    [[code(type)]],
    [[value(localDigits(boundsWords(earliest, latest) ?? 'date unknown', options))]],
    [[value(stream)], [value(eventId, 'faint')]],
  ]);
  return table({ main: 'record and event', columns: ['what', 'when', 'record and event'], rows }, width);
}
