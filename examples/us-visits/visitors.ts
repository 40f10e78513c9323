import type { Level } from '../../src/domain/values/person.js';
import { isState } from './parties.js';
import { mayHold, type Span } from './spans.js';

/** Somebody who visited, as a row has it: `President Dole`. */
export interface Visitor {
  /** Undefined where the row has nothing but a title. */
  readonly name?: string;
  readonly office?: string;
  /** Military, where that is the only title. */
  readonly rank?: string;
  readonly level: Level;
}

interface Title {
  readonly pattern: RegExp;
  readonly as: string;
  readonly level: Level;
  readonly rank?: true;
}

const title = (as: string, level: Level, pattern = new RegExp(`^${as}\\b`, 'i')): Title => ({ pattern, as, level });

/**
 * The titles that stand before names, longer ones first. Whoever is yet to take office, leads a party or a council, or
 * represents a crown holds no office of state that would give a level: `other`.
 */
const TITLES: readonly Title[] = [
  title('President of the Council of Ministers', 'head_of_government'),
  title('President-elect', 'other', /^President-\s*elect\b/i),
  title('President-designate', 'other', /^President-\s*designate\b/i),
  title('Chancellor-elect', 'other'),
  title('Acting President', 'head_of_state'),
  title('Interim President', 'head_of_state'),
  title('Provisional President', 'head_of_state'),
  title('Vice President', 'other'),
  title('President', 'head_of_state'),
  title('Acting Prime Minister', 'head_of_government'),
  title('Interim Prime Minister', 'head_of_government'),
  title('Deputy Prime Minister', 'minister'),
  title('Prime Minister and Prince', 'head_of_government', /^Prime Minister-Prince\b/i),
  title('Prime Minister', 'head_of_government', /^Prime Minist(?:er|ere)(?=[ A-Z]|$)|^Prime Minster\b/),
  title('Foreign Minister', 'minister'),
  title('Vice Premier', 'minister'),
  title('Premier and Prince', 'head_of_government', /^Premier (?:and|&) Prince\b/i),
  title('Premier', 'head_of_government'),
  title('Taoiseach', 'head_of_government'),
  title('Federal Chancellor', 'head_of_government'),
  title('Chancellor', 'head_of_government'),
  title('Chief of State', 'head_of_state'),
  title('Head of State', 'head_of_state'),
  title('King', 'head_of_state'),
  title('Queen', 'head_of_state', /^Queen(?! Mother)\b/),
  title('Emperor', 'head_of_state'),
  title('Shah', 'head_of_state'),
  title('Sultan', 'head_of_state'),
  title('Amir', 'head_of_state'),
  title('Emir', 'head_of_state'),
  title('Grand Duke', 'head_of_state'),
  title('Grand Duchess', 'head_of_state'),
  title('Pope', 'head_of_state'),
  title('Regent', 'head_of_state'),
  title('Crown Prince', 'other'),
  title('Prince', 'other'),
  title('Governor General', 'other'),
  title('Chairman of the Presidency', 'other'),
  title('Chairman', 'other'),
  title('General Secretary', 'other'),
  title('First Secretary', 'other'),
  title('Junta Member', 'other'),
  { ...title('Brigadier General', 'other'), rank: true },
  { ...title('Lieutenant General', 'other'), rank: true },
  { ...title('General', 'other'), rank: true },
];

interface Exception extends Span {
  readonly party: string;
  readonly office: string;
  readonly level: Level;
}

/** Where a title was another office than its name says. */
const EXCEPTIONS: readonly Exception[] = [
  // One of several who are head of state together.
  { party: 'BIH', office: 'President', level: 'other' },
  { party: 'CHE', office: 'President', level: 'other' },
  { party: 'YUG', office: 'President', from: '1980-05-05', level: 'other' },
  // The provisional government had no head of state beside its president.
  { party: 'FRA', office: 'President', from: '1944-06-03', until: '1947-01-15', level: 'head_of_government' },
  // The Supreme Leader is head of state.
  { party: 'IRN', office: 'President', from: '1980-02-04', level: 'other' },
  // The interim government took office on 28 June 2004.
  { party: 'IRQ', office: 'Interim President', until: '2004-06-27', level: 'other' },
  // Recognised by some states only.
  { party: 'VEN', office: 'Interim President', level: 'other' },
  { party: 'LIE', office: 'Prince', level: 'head_of_state' },
  { party: 'MCO', office: 'Prince', level: 'head_of_state' },
];

/** Whoever a row names, as one or as several (`King X and Crown Prince Y`), each with the title before the name. */
export function visitorsOf(text: string, party: string, day: string | null): Visitor[] {
  return apart(text).map((each) => {
    const found = titleOf(each);
    if (!found) return { name: each, level: 'other' };
    const name = nameAfter(each, found);
    return {
      ...(name !== '' && { name }),
      ...(found.rank ? { rank: found.as } : { office: found.as }),
      level: levelOf(found, party, day),
    };
  });
}

/** The highest at which they came. */
export const highestLevel = (visitors: readonly Visitor[]): Level =>
  (['head_of_state', 'head_of_government', 'minister'] as const).find((level) =>
    visitors.some((visitor) => visitor.level === level),
  ) ?? 'other';

const titleOf = (text: string) => TITLES.find(({ pattern }) => pattern.test(text));
const nameAfter = (text: string, { pattern }: Title) => text.replace(pattern, '').trim();

/** Parts a text before a title that is not the first, if the first has a name of its own (`Premier and Prince X` has not). */
function apart(text: string): string[] {
  for (const { 0: joint, index } of text.matchAll(/(?:,| and| &)\s+/g)) {
    const [head, tail] = [text.slice(0, index), text.slice(index + joint.length)];
    const first = titleOf(head);
    if (first && nameAfter(head, first) !== '' && titleOf(tail)) return [head, ...apart(tail)];
  }
  return [text];
}

function levelOf({ as, level }: Title, party: string, day: string | null): Level {
  if (!isState(party)) return 'other';
  const exception = EXCEPTIONS.find((each) => each.party === party && each.office === as && mayHold(each, day));
  return exception?.level ?? level;
}
