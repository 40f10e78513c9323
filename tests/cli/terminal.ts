import fc from 'fast-check';
import stringWidth from 'string-width';
import type { RenderOptions } from '../../src/cli/render/text.js';

/** The lines of what was rendered, without the end of the last. */
export const linesOf = (rendered: string): string[] => rendered.replace(/\n$/, '').split('\n');

/** What a person sees of a line, in the order of storage: no marks, no isolates. */
export const seen = (text: string): string => text.replace(/[\u200e\u200f\u2066-\u2069]/g, '');

/** How far isolates are from being balanced; also where one is closed before it is opened. */
function unbalanced(line: string): number {
  let depth = 0;
  for (const character of line) {
    if (character === '\u2068') depth += 1;
    if (character === '\u2069') depth -= 1;
    if (depth < 0 || depth > 1) return depth;
  }
  return depth;
}

/** What is wrong with a rendering, whatever its data; empty where nothing is. */
export function faults(rendered: string, { width, colour }: RenderOptions): string[] {
  const text = colour ? rendered.replace(new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g'), '') : rendered;
  return linesOf(text).flatMap((line) => [
    ...(unbalanced(line) !== 0 ? [`unbalanced: ${JSON.stringify(line)}`] : []),
    ...(stringWidth(line.replace(/[\u2068\u2069]/g, '')) > width ? [`too wide: ${JSON.stringify(line)}`] : []),
    ...(/[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066\u2067]/u.test(line) ? [`control: ${JSON.stringify(line)}`] : []),
    ...(line.includes('\u2068') && !line.startsWith('\u200e') ? [`no mark: ${JSON.stringify(line)}`] : []),
  ]);
}

/** Texts as they should not be, beside any other. */
const nasty = fc.constantFrom(
  'مذكرة تفاهم بين المغرب وباكستان',
  'مُذَكِّرَةُ تَفَاهُمٍ',
  'PATS 2024 باتس',
  'constructor',
  '__proto__',
  '\u202egnp.exe',
  '\u2067\u2067\u2067',
  '\u2069\u2069 out',
  '\u001b[2J\u001b]0;title\u0007',
  '\u009b31m',
  'a\nb\tc\rd\u2028e',
  '\ud800',
  '👩‍👩‍👧‍👦',
  '🇲🇦🇵🇰',
  '協定'.repeat(20),
  'ᄀ'.repeat(30),
  'नि'.repeat(20),
  'x'.repeat(200),
  'قسطنطينية'.repeat(20),
  ' ',
  '',
);

/** Any text: ordinary, nasty, and both mixed. */
export const anyText = fc.oneof(
  nasty,
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.array(fc.oneof(nasty, fc.string({ maxLength: 8 })), { maxLength: 5 }).map((parts) => parts.join(' ')),
);

export const anyLocalized = fc.dictionary(fc.oneof(fc.constantFrom('ar', 'en', 'fr', 'ur'), anyText), anyText, {
  maxKeys: 3,
});

export const anyOptions: fc.Arbitrary<RenderOptions> = fc.record({
  width: fc.integer({ min: 24, max: 140 }),
  colour: fc.boolean(),
  language: fc.constantFrom('en', 'ar', 'fr'),
  digits: fc.constantFrom('latn', 'arab'),
});
