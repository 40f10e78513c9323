/**
 * How well a fact stands, lowest first. `claimed`: attributed to unnamed or interested sources, or a forecast;
 * `reported`: a publication states it in its own voice; `announced`: a party's official communiqué; `documented`: the
 * text was seen; `registered`: in an official registry. The names are the ledger's own.
 */
export const STANDINGS = ['claimed', 'reported', 'announced', 'documented', 'registered'] as const;

export type Standing = (typeof STANDINGS)[number];

export function isStanding(value: unknown): value is Standing {
  return STANDINGS.includes(value as Standing);
}

/** Negative if `a` stands lower than `b`, positive if higher, 0 if alike. */
export function compareStanding(a: Standing, b: Standing): number {
  return STANDINGS.indexOf(a) - STANDINGS.indexOf(b);
}

/** A fact stands as its best evidence does; undefined when there is none left. */
export function highestStanding(standings: Iterable<Standing>): Standing | undefined {
  let highest: Standing | undefined;
  for (const standing of standings) {
    if (highest === undefined || compareStanding(standing, highest) > 0) highest = standing;
  }
  return highest;
}
