import { foldText } from '../values/text-folding.js';
import { allBuiltInParties } from './iso-3166.js';

/** What a party is called: as it was registered, or built in. */
export interface NamedParty {
  readonly code: string;
  /** By language (BCP 47). */
  readonly names: Readonly<Record<string, string>>;
  readonly aliases: readonly string[];
}

/**
 * The codes of the parties, built in and registered, that go by this name, sorted; none for a name of nobody's. The whole
 * name must be the same once folded (`foldText`): it is a look-up, no search. More than one answers where a name is
 * shared ("Congo"): which of them is meant is for the asker to say. A party is found by its code too.
 */
export function findPartiesByName(query: string, registered: Iterable<NamedParty>): string[] {
  const name = foldText(query);
  if (name === '') return [];
  const found = new Set(builtInCodes().get(name));
  for (const party of registered) {
    if (foldedNames(party).includes(name)) found.add(party.code);
  }
  return [...found].sort();
}

function foldedNames({ code, names, aliases }: NamedParty): string[] {
  return [code, ...Object.values(names), ...aliases].map(foldText);
}

let index: Map<string, Set<string>> | undefined;

/** Made at the first look-up, as many runs need none. */
function builtInCodes(): ReadonlyMap<string, ReadonlySet<string>> {
  if (index) return index;
  index = new Map();
  for (const party of allBuiltInParties()) {
    for (const name of foldedNames(party)) index.set(name, (index.get(name) ?? new Set()).add(party.code));
  }
  return index;
}
