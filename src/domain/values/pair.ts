/** Two party codes, sorted, joined by `-`: a relationship has no direction. */
export type Pair = string;

export const pairOf = (a: string, b: string): Pair => [a, b].sort().join('-');

/** `MAR-PAK` → `['MAR', 'PAK']`. */
export const pairParties = (pair: Pair): readonly [string, string] => {
  const [a = '', b = ''] = pair.split('-');
  return [a, b];
};

/** Every pair of these parties, sorted, each once. */
export function pairsAmong(parties: readonly string[]): Pair[] {
  const [a, b] = parties;
  // Nearly always two, and asked for at each fold.
  if (parties.length === 2 && a !== undefined && b !== undefined && a !== b) return [a < b ? `${a}-${b}` : `${b}-${a}`];
  const codes = [...new Set(parties)].sort();
  return codes.flatMap((a, i) => codes.slice(i + 1).map((b) => `${a}-${b}`));
}

const PAIR = /^([A-Za-z]{3,8})-([A-Za-z]{3,8})$/;

/** A pair written in either order and case, in its canonical form; undefined where it is no pair of two parties. */
export function canonicalPair(text: string): Pair | undefined {
  const [, a, b] = PAIR.exec(text) ?? [];
  if (a === undefined || b === undefined || a.toUpperCase() === b.toUpperCase()) return undefined;
  return pairOf(a.toUpperCase(), b.toUpperCase());
}
