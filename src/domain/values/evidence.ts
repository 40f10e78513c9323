import { Id, OneOf, Optional, Text } from '../shape/rules.js';
import { STANDINGS, type Standing } from './standing.js';

/** Why a fact is believed: a source, the place in it, and how well the fact stands there. */
export class Evidence {
  @Id('source') sourceId!: string;
  /** Page, paragraph or line. */
  @Text() locator!: string;
  @OneOf(STANDINGS) standing!: Standing;
  @Optional() @Text() note?: string;
}
