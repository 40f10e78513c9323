import type { Change } from '../../api/records';

/** What changed in one record, or in the relationship as a whole. */
export interface Subject {
  /** Its stream; undefined for the relationship. */
  readonly stream: string | undefined;
  readonly changes: readonly SubjectChange[];
}

export interface SubjectChange extends Change {
  /** The path within the subject. */
  readonly tokens: readonly string[];
}

/** Ids, and what only points to an event that is told anyway. */
const IDS = new Set(['statusEventId', 'eventId', 'latest', 'earliest', 'listed', 'reasons', 'revision']);
/** Lists of the relationship whose items are also told by their records. */
const RECORDS_IN: Readonly<Record<string, string>> = { agreements: 'agreement', mechanisms: 'mechanism' };
/** Lists of a record whose items are also told by the relationship. */
const ALSO_OF_RELATIONSHIP = ['possible', 'openDisputes'];

const tokensOf = (path: string) =>
  path
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));

/** Where the same would be told a second time: of a part of the relationship by the record, of a record's list by it. */
function elsewhere(path: string): string | undefined {
  const [root, list, id, ...rest] = tokensOf(path);
  const category = root === 'relationship' && list !== undefined ? RECORDS_IN[list] : undefined;
  if (category !== undefined && id !== undefined && rest.length > 0) {
    return ['', 'records', `${category}-${id}`, ...rest].join('/');
  }
  const [item] = rest;
  return root === 'records' && ALSO_OF_RELATIONSHIP.includes(id!) && item !== undefined
    ? `/relationship/${id}/${item}`
    : undefined;
}

/** Changes by what they are of, the relationship first, without what says nothing more. */
export function subjectsOf(changes: readonly Change[]): { readonly subjects: Subject[]; readonly leftOut: number } {
  const paths = new Set(changes.map(({ path }) => path));
  const told = changes.filter(({ path }) => !IDS.has(tokensOf(path).at(-1) ?? '') && !paths.has(elsewhere(path) ?? ''));
  const subjects = new Map<string | undefined, SubjectChange[]>();
  for (const change of told) {
    const [root, ...rest] = tokensOf(change.path);
    const stream = root === 'records' ? rest[0] : undefined;
    const tokens = stream === undefined ? rest : rest.slice(1);
    subjects.set(stream, [...(subjects.get(stream) ?? []), { ...change, tokens }]);
  }
  return {
    subjects: [...subjects].map(([stream, all]) => ({ stream, changes: all })),
    leftOut: changes.length - told.length,
  };
}
