import type { KnownAt } from './answers.js';
import { dateSpan } from './dates.js';
import { hang, type Line, plain, say } from './spans.js';
import type { RenderOptions } from './text.js';
import { standingWords } from './words.js';

export interface Query {
  readonly asOf: string;
  readonly knownAt: KnownAt;
  readonly minimumStanding: string;
}

/** A label and what it says, under one another. */
export const labelled = (label: string, body: Line, width: number): Line[] =>
  hang([plain(`${label}: `, 'faint')], body, 12, width);

/** On which day, by what was known when, and from which standing on. */
export const queryLines = (
  { asOf, knownAt, minimumStanding }: Query,
  options: RenderOptions,
  width: number,
): Line[] => [
  ...labelled('as of', [dateSpan(asOf, options)], width),
  ...labelled('known at', knownLine(knownAt), width),
  ...countedLines(minimumStanding, width),
];

export function knownLine({ position, recordedAt }: KnownAt): Line {
  return say`position ${position}${recordedAt === null ? undefined : say`, recorded ${recordedAt}`}`;
}

export const countedLines = (minimum: string, width: number): Line[] =>
  labelled('counted', countedLine(minimum), width);

const countedLine = (minimum: string): Line =>
  minimum === 'claimed'
    ? say`everything, mere claims too (minimum standing: ${minimum})`
    : say`what is ${standingWords(minimum)}, or better (minimum standing: ${minimum})`;
