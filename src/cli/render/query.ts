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
export function queryLines({ asOf, knownAt, minimumStanding }: Query, options: RenderOptions, width: number): Line[] {
  const recorded = knownAt.recordedAt === null ? undefined : say`, recorded ${knownAt.recordedAt}`;
  return [
    ...labelled('as of', [dateSpan(asOf, options)], width),
    ...labelled('known at', say`position ${knownAt.position}${recorded}`, width),
    ...labelled('counted', countedLine(minimumStanding), width),
  ];
}

const countedLine = (minimum: string): Line =>
  minimum === 'claimed'
    ? say`everything, mere claims too (minimum standing: ${minimum})`
    : say`what is ${standingWords(minimum)}, or better (minimum standing: ${minimum})`;
