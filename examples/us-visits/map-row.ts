import { builtInParty } from '../../src/domain/party/iso-3166.js';
import { checkPartialDate } from '../../src/domain/values/partial-date.js';
import type { Level } from '../../src/domain/values/person.js';
import type { VisitHeld } from '../../src/domain/visit/visit.js';
import { circumstances, partyMeant, REGISTERED } from './parties.js';
import type { RowOfVisit } from './tables.js';
import { kindIn, placesIn } from './texts.js';
import { highestLevel, type Visitor, visitorsOf } from './visitors.js';

/** A visit as a row states it: HoldVisit's data but for its id and evidence, and what the evidence has to note. */
export interface MappedVisit {
  readonly visit: VisitHeld & { readonly occurredOn: string | null; readonly endedOn?: string };
  readonly notes: readonly string[];
}

/** The row can't be recorded as a visit; the message says why. */
export class RowRefused extends Error {}

const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/**
 * Maps a row to a visit. Nothing is added to what it says, and no part of it is lost: what has no field of its own stands
 * in the occasion or in a note.
 * @throws RowRefused
 */
export function mapRow(row: RowOfVisit): MappedVisit {
  if (!ID.test(row.id)) throw new RowRefused(row.id === '' ? 'it has no id' : `${row.id} can be no id`);
  const { occurredOn, endedOn } = datesOf(row);
  const meant = partyMeant(row.country, occurredOn);
  if ('refused' in meant) throw new RowRefused(meant.refused);
  if (row.host !== undefined && row.host !== 'united-states') {
    throw new RowRefused(`the host is ${row.host || 'not named'}, not the United States`);
  }
  const other = meant.code;
  const ours = 'role' in row.who;
  const [visitor, host] = ours ? ['USA', other] : [other, 'USA'];
  const visitors =
    'role' in row.who ? [travellerOf(row.who, row.description)] : named(row.who.visitor, other, occurredOn);
  const places = placesIn(row.locale);
  return {
    visit: {
      visitor,
      host,
      level: highestLevel(visitors),
      kind: kindIn(row.description),
      ...(places.length > 0 && { places: places.map((name) => ({ name: { en: name } })) }),
      delegation: visitors.map(({ name, office, rank }) => ({
        ...(name !== undefined && { name: { en: name } }),
        ...(office !== undefined && { office: { en: office } }),
        ...(rank !== undefined && { rank: { en: rank } }),
        party: visitor,
      })),
      ...(row.description !== '' && { occasion: { en: row.description } }),
      occurredOn,
      ...(endedOn !== null && { endedOn }),
    },
    notes: [
      ...(row.country === nameOf(other) ? [] : [`Country in the row: ${row.country}.`]),
      ...('visitor' in row.who && !spelt(visitors, row.who.visitor) ? [`Visitor in the row: ${row.who.visitor}.`] : []),
      ...circumstances(other, occurredOn, row.locale),
    ],
  };
}

function datesOf({ start, end }: RowOfVisit): { occurredOn: string | null; endedOn: string | null } {
  const [first, last] = [boundsOf('start', start), boundsOf('end', end)];
  if (first?.earliest && last?.latest && last.latest < first.earliest) {
    throw new RowRefused(`it ends (${end}) before it starts (${start}); which of the two is wrong is not known`);
  }
  return { occurredOn: first ? start : null, endedOn: last ? end : null };
}

function boundsOf(column: string, text: string) {
  if (text === '') return undefined;
  const checked = checkPartialDate(text);
  if (!checked.ok) throw new RowRefused(`its ${column}, ${text}, is no date (EDTF: ${checked.rule})`);
  return checked.bounds;
}

function named(text: string, party: string, day: string | null): Visitor[] {
  if (text === '') throw new RowRefused('no visitor is named');
  return visitorsOf(text, party, day);
}

const ROLES: Readonly<Record<string, { readonly office: string; readonly level: Level }>> = {
  president: { office: 'President', level: 'head_of_state' },
  secretary: { office: 'Secretary of State', level: 'minister' },
};

/** The records list travels before the inauguration too, and mark them so. */
const AS_ELECT = /\bVisit made as President-elect\b/i;

function travellerOf({ role, name }: { role: string; name: string }, remarks: string): Visitor {
  const as = Object.hasOwn(ROLES, role) ? ROLES[role] : undefined;
  if (!as) throw new RowRefused(`the role is ${role || 'not named'}, neither president nor secretary`);
  if (name === '') throw new RowRefused('nobody is named who travelled');
  if (role === 'president' && AS_ELECT.test(remarks)) return { name, office: 'President-elect', level: 'other' };
  return { name, ...as };
}

const nameOf = (code: string) => (REGISTERED[code] ?? builtInParty(code))?.names['en'];

/** Whether the title and the name give back what the row has, so that nothing of it need be noted. */
const spelt = (visitors: readonly Visitor[], text: string) =>
  visitors.length === 1 &&
  visitors.every(
    ({ office, rank, name }) => [office ?? rank, name].filter((part) => part !== undefined).join(' ') === text,
  );
