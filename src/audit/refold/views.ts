import type { RelationshipStatus } from '../../domain/relationship/status.js';
import { isDay } from '../../domain/values/day.js';
import type { BundleSource } from '../verify/verify-bundle.js';
import { Unsound } from '../verify/verify-log.js';

/*
 * What the ledger answered about each relationship when a bundle was made: what its events lead to, as it says.
 */

/** What the views in a bundle answer: everything that is recorded, whatever stands, as it was true on a day. */
export interface ViewsQuestion {
  /** YYYY-MM-DD */
  readonly asOf: string;
  /** A position: that up to which the ledger is sealed. */
  readonly knownAt: number;
  /** Months without activity after which a relationship is flagged dormant: a setting of the ledger. */
  readonly dormantAfterMonths: number;
}

export interface LedgerViews {
  readonly question: ViewsQuestion;
  /** Of each relationship that has a record, in order of their pairs. */
  readonly statuses: AsyncIterable<RelationshipStatus>;
}

const VIEWS = 'views/';
const QUESTION_FILE = `${VIEWS}question.json`;
const RELATIONSHIPS = `${VIEWS}relationships/`;
const relationshipFile = (pair: string): string => `${RELATIONSHIPS}${pair}.json`;

const text = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** The views as files of a bundle. */
export async function* viewFiles({ question, statuses }: LedgerViews): AsyncGenerator<[path: string, text: string]> {
  yield [QUESTION_FILE, text(question)];
  for await (const status of statuses) yield [relationshipFile(status.pair), text(status)];
}

/** The views that are in a bundle. @throws Unsound, where there are none or they can't be read */
export async function viewsIn(bundle: BundleSource): Promise<LedgerViews> {
  const paths = await bundle.paths();
  const read = async (path: string): Promise<unknown> => {
    const bytes = await bundle.read(path);
    if (!bytes) throw new Unsound(`${path} is not there`);
    try {
      return JSON.parse(bytes.toString());
    } catch {
      throw new Unsound(`${path} is not JSON`);
    }
  };
  async function* statuses() {
    const pairs = paths.filter((path) => path.startsWith(RELATIONSHIPS)).sort();
    for (const path of pairs) {
      const status = (await read(path)) as RelationshipStatus | null;
      if (path !== relationshipFile(String(status?.pair))) throw new Unsound(`${path} is of another pair`);
      yield status!;
    }
  }
  return { question: questionOf(await read(QUESTION_FILE)), statuses: statuses() };
}

function questionOf(value: unknown): ViewsQuestion {
  const { asOf, knownAt, dormantAfterMonths } = (value ?? {}) as Partial<ViewsQuestion>;
  if (typeof asOf !== 'string' || !isDay(asOf)) throw new Unsound(`${QUESTION_FILE}: asOf must be a day`);
  if (!Number.isSafeInteger(knownAt)) throw new Unsound(`${QUESTION_FILE}: knownAt must be a position`);
  if (!Number.isSafeInteger(dormantAfterMonths)) {
    throw new Unsound(`${QUESTION_FILE}: dormantAfterMonths must be a number of months`);
  }
  return { asOf, knownAt: knownAt!, dormantAfterMonths: dormantAfterMonths! };
}
