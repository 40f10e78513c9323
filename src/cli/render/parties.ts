import type { PartyAnswer } from './answers.js';
import { joined, type Line, say, type Span, value } from './spans.js';
import { chooseText, languageDirection, type RenderOptions } from './text.js';

/** What a party is called in the language asked for; its code where no name is known, or it is none of these parties. */
export function partyName(code: string, parties: readonly PartyAnswer[], { language }: RenderOptions): Span {
  const names = parties.find((party) => party.code === code)?.names ?? {};
  const chosen = chooseText(names, language);
  return chosen ? value(chosen.text, undefined, chosen.language) : value(code);
}

/** A party's name with that in the other script: `Morocco (المغرب)`, `المغرب (Morocco)`. */
function bothNames({ code, names }: PartyAnswer, { language }: RenderOptions): Line {
  const chosen = chooseText(names, language);
  if (!chosen) return [value(code)];
  const other = chooseText(names, languageDirection(chosen.language) === 'rtl' ? 'en' : 'ar');
  const main = value(chosen.text, undefined, chosen.language);
  if (!other || other.language === chosen.language) return [main];
  return say`${main} (${value(other.text, undefined, other.language)})`;
}

/** Who it is about, in both scripts, with the pair's code. */
export const pairHeading = (pair: string, parties: readonly PartyAnswer[], options: RenderOptions): Line =>
  say`${joined(
    parties.map((party) => bothNames(party, options)),
    ' – ',
  )}  ${pair}`;
