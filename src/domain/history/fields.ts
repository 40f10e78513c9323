import { jsonPointer, pointerTokens } from '../values/json-pointer.js';

/**
 * What differs at a field of a view. In the path an item of a list is named by its id where all have one, for its index
 * may be another in the other view. A side that is left out: there is no such field.
 */
export interface FieldChange {
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** A field as a view has it: a scalar, a list of them, or what is empty. */
export interface Leaf {
  /** JSON Pointer into the view. */
  readonly path: string;
  readonly value: unknown;
}

type Tree = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The field by which all items can be told apart: the event's id, else the first that is an id or a code. */
function idField(items: readonly Tree[]): string | undefined {
  const isId = (name: string) => name === 'eventId' || name === 'code' || name.endsWith('Id');
  const names = ['eventId', ...Object.keys(items[0] ?? {}).filter(isId)];
  return names.find((name) => {
    const ids = items.map((item) => item[name]);
    return ids.every((id) => typeof id === 'string') && new Set(ids).size === ids.length;
  });
}

/** What a container holds, by name; undefined for a field, which holds nothing that has a name. */
interface Members {
  /** How its members are named: two that are named differently have none in common. */
  readonly by: string;
  readonly all: ReadonlyMap<string, unknown>;
}

function membersOf(value: unknown): Members | undefined {
  if (isObject(value)) {
    return { by: '{}', all: new Map(Object.entries(value).filter(([, member]) => member !== undefined)) };
  }
  if (!Array.isArray(value) || value.length === 0 || !value.every(isObject)) return undefined;
  const id = idField(value);
  return { by: id ?? '[]', all: new Map(value.map((item, i) => [id === undefined ? `${i}` : String(item[id]), item])) };
}

const isEmptyList = (value: unknown) => Array.isArray(value) && value.length === 0;
const NOTHING: ReadonlyMap<string, unknown> = new Map();

/** The members of both, where they are comparable one by one. */
function bothMembers(before: unknown, after: unknown) {
  const [a, b] = [membersOf(before), membersOf(after)];
  if (a && b) return a.by === b.by ? [a.all, b.all] : undefined;
  if (a && a.by !== '{}' && isEmptyList(after)) return [a.all, NOTHING];
  if (b && b.by !== '{}' && isEmptyList(before)) return [NOTHING, b.all];
  return undefined;
}

const same = (a: unknown, b: unknown): boolean =>
  a === b ||
  (Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, i) => same(item, b[i]))) ||
  (isObject(a) && isObject(b) && changesBetween(a, b).length === 0);

/** What differs between two views, field by field; what one of them lacks is told as a whole. */
export function changesBetween(before: unknown, after: unknown, path = ''): FieldChange[] {
  if (before === after) return [];
  const members = bothMembers(before, after);
  if (members) {
    const [a, b] = members as [ReadonlyMap<string, unknown>, ReadonlyMap<string, unknown>];
    const names = [...new Set([...a.keys(), ...b.keys()])];
    return names.flatMap((name) => changesBetween(a.get(name), b.get(name), path + jsonPointer(name)));
  }
  if (same(before, after)) return [];
  return [{ path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }];
}

/** The fields of a view, by their path as changes have it. */
export function leavesOf(view: unknown): Map<string, Leaf> {
  const leaves = new Map<string, Leaf>();
  const visit = (value: unknown, name: string, path: string) => {
    const members = membersOf(value);
    if (!members || members.all.size === 0) {
      if (value !== undefined) leaves.set(name, { path, value });
      return;
    }
    let index = 0;
    for (const [key, member] of members.all) {
      visit(member, name + jsonPointer(key), path + jsonPointer(members.by === '{}' ? key : index));
      index += 1;
    }
  };
  visit(view, '', '');
  return leaves;
}

/** What a view has at a path, as changes have it. */
export const valueAt = (view: unknown, path: string): unknown =>
  (pointerTokens(path) ?? []).reduce((value: unknown, name) => membersOf(value)?.all.get(name), view);

/** Whether one of two paths leads to the other or into it. */
export const isWithin = (a: string, b: string): boolean => a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
