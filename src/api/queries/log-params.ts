import { Optional } from '../../domain/shape/rules.js';
import { PositionText } from './params.js';

/** Of two sizes of the log, called as RFC 6962, section 4.4, calls them. */
export class ConsistencyParams {
  @PositionText()
  first!: string;

  /** What is sealed, where it is left out. */
  @Optional()
  @PositionText()
  second?: string;
}
