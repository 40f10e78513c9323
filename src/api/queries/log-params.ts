import { Optional } from '../../domain/shape/rules.js';
import { PositionText } from './params.js';

/** Of two sizes of the log. */
export class ConsistencyParams {
  @PositionText()
  from!: string;

  /** What is sealed, where it is left out. */
  @Optional()
  @PositionText()
  to?: string;
}
