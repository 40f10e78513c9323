import type { AlternativeAnswer, EvidenceAnswer } from './answers.js';
import { hang, type Line, plain, say, value } from './spans.js';
import type { RenderOptions } from './text.js';
import { everyWording } from './values.js';
import { codeWords } from './words.js';

/** `source-id, lines 3-4 (reported): note` */
export const citation = ({ sourceId, locator, standing, note }: EvidenceAnswer): Line =>
  say`${sourceId}, ${locator} (${codeWords(standing)})${note === undefined ? undefined : say`: ${note}`}`;

/** The alternatives of a dispute, each with its evidence under it. */
export function alternativeLines(
  alternatives: readonly AlternativeAnswer[],
  indent: number,
  options: RenderOptions,
  width: number,
): Line[] {
  const space = ' '.repeat(indent);
  return alternatives.flatMap(({ value: stated, evidence }) => [
    ...hang([plain(`${space}- `)], everyWording(stated, options), indent + 2, width),
    ...evidence.flatMap((each) => hang([plain(`${space}  by `, 'faint')], citation(each), indent + 5, width)),
  ]);
}

/** Ids one after another, each in one piece. */
export const idList = (ids: readonly string[]): Line =>
  ids.flatMap((id, i) => (i === 0 ? [value(id)] : [plain(', '), value(id)]));
