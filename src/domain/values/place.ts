import { Localized, type LocalizedText, Optional, PartyCode } from '../shape/rules.js';

/** Where something happened. A place makes nobody a party. */
export class Place {
  @Localized() name!: LocalizedText;
  @Optional() @PartyCode() country?: string;
}
