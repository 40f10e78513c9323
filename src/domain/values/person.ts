import { Id, Localized, type LocalizedText, Optional, PartyCode, RequiredWithout } from '../shape/rules.js';

/** The level at which states met. */
export const LEVELS = [
  'head_of_state',
  'head_of_government',
  'minister',
  'senior_official',
  'military',
  'other',
] as const;
export type Level = (typeof LEVELS)[number];

/** Somebody who took part, known by a name or, where no text names them, by an office. */
export class Person {
  @RequiredWithout('office') @Localized() name?: LocalizedText;
  @Optional() @Localized() office?: LocalizedText;
  @Optional() @PartyCode() party?: string;
  @Optional() @Localized() rank?: LocalizedText;
  @Optional() @Id() personId?: string;
}
