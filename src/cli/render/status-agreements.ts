import type { AgreementAnswer } from './answers.js';
import { dateSpan } from './dates.js';
import { joined, type Line, plain, say, type Span, styled, value, wrap } from './spans.js';
import { table, type TableCell, type TableRow } from './table.js';
import type { RenderOptions } from './text.js';
import { countSpan, localized } from './values.js';
import { code } from './words.js';

/** Before these no signature is expected, so that none is not "unknown". */
const UNSIGNED = new Set<string | null>(['proposed', 'drafted', 'initialled', 'abandoned', null]);

/** Whether it rests on nothing better than a claim. */
export const isClaim = ({ standing }: { readonly standing?: string | null | undefined }): boolean =>
  standing === 'claimed' || standing === null;

/** What a title in brackets means. */
export const DESCRIPTIVE_LEGEND = "[…] is the recorder's description: no source gives the title.";

/** A title; one that only describes is in brackets. */
export const titleLine = (title: Span, isDescriptive: boolean): Line => (isDescriptive ? say`[${title}]` : [title]);

/** Better than claimed first, as they are numbered and shown. */
export const inShownOrder = (agreements: readonly AgreementAnswer[]): AgreementAnswer[] => [
  ...agreements.filter((agreement) => !isClaim(agreement)),
  ...agreements.filter(isClaim),
];

/** The agreements, those that are only claimed set apart. @param agreements in the order in which they are shown */
export function agreementLines(agreements: readonly AgreementAnswer[], options: RenderOptions, width: number): Line[] {
  const row = (agreement: AgreementAnswer): TableRow => [
    [[countSpan(agreements.indexOf(agreement) + 1, options)]],
    titleCell(agreement, options),
    [[agreement.instrumentType === null ? plain('—') : code(agreement.instrumentType)]],
    statusCell(agreement),
    [[agreement.standing === null ? plain('unsupported', 'warn') : code(agreement.standing)]],
    [[signedOn(agreement, options)]],
  ];
  const claims = agreements.filter(isClaim);
  const rows = [
    ...agreements.filter((each) => !isClaim(each)).map(row),
    ...(claims.length > 0 ? [{ note: say`${CLAIM_NOTE}` }] : []),
    ...claims.map(row),
  ];
  const lines = table(
    { main: 'title', columns: ['#', 'title', 'type', 'status', 'standing', 'signed on'], rows },
    width,
  );
  return agreements.some((each) => each.titleIsDescriptive)
    ? [...lines, ...wrap([plain(DESCRIPTIVE_LEGEND, 'faint')], width)]
    : lines;
}

const CLAIM_NOTE: Span = plain('Claimed only, by unnamed or interested sources: not established', 'warn');

function titleCell(agreement: AgreementAnswer, options: RenderOptions): TableCell {
  const { title, titleIsDescriptive, agreementId, consentPending, disputed } = agreement;
  const shown = localized(title, options);
  return [
    shown ? titleLine(shown, titleIsDescriptive ?? false) : [plain('title unknown')],
    [value(agreementId, 'faint')],
    ...(consentPending.length > 0
      ? [
          say`consent pending: ${joined(
            consentPending.map((party) => [value(party)]),
            ', ',
          )}`,
        ]
      : []),
    ...besides(agreement, options),
    ...(disputed ? [[plain('disputed', 'warn')]] : []),
  ];
}

const ENDED = new Set<string | null>(['terminated', 'expired', 'superseded', 'abandoned']);

/** What the status alone does not say. */
const besides = (agreement: AgreementAnswer, options: RenderOptions): Line[] => [
  ...(agreement.provisionallyApplied ? [[plain('provisionally applied')]] : []),
  ...(agreement.denunciationPending ? [[plain('denunciation pending', 'warn')]] : []),
  ...endLines(agreement, options),
];

function endLines({ status, endedOn = null, lastDay }: AgreementAnswer, options: RenderOptions): Line[] {
  if (ENDED.has(status)) return [say`ended: ${dateSpan(endedOn, options)}`];
  return typeof lastDay === 'string' ? [say`last day by its terms: ${dateSpan(lastDay, options)}`] : [];
}

function statusCell(agreement: AgreementAnswer): TableCell {
  const { status } = agreement;
  if (status === null) return [[plain('—')]];
  return isClaim(agreement) ? [styled(say`claimed: ${code(status)}`, 'warn')] : [[code(status)]];
}

function signedOn({ status, signedOn: date }: AgreementAnswer, options: RenderOptions): Span {
  return date === null && UNSIGNED.has(status) ? plain('—') : dateSpan(date, options);
}
