import { type CuratedFact, curate } from '../curation/curate.js';
import type { LedgerEvent } from '../event.js';
import type { RecordHistory } from '../history/history.js';
import { aggregateOf, factType } from '../registry.js';
import type { Shape } from '../shape/check-shape.js';
import { textsIn } from '../shape/texts.js';
import { canonicalJson } from '../values/canonical-json.js';
import { Person } from '../values/person.js';
import { Place } from '../values/place.js';
import type { Standing } from '../values/standing.js';

/** Whom or what a text speaks of: somebody, a place, or the record itself. */
export const TEXT_KINDS = ['person', 'place', 'text'] as const;
export type TextKind = (typeof TEXT_KINDS)[number];

/** A text of a fact as it stands, by which its record is found. */
export interface SearchableText {
  /** The event that states it: its place in the ledger. */
  readonly position: number;
  /** The text's place among those of its event. */
  readonly ordinal: number;
  /** JSON Pointer into `{occurredOn, endedOn, data}` of the event. */
  readonly path: string;
  /** BCP 47; null where the field says no language. */
  readonly language: string | null;
  readonly text: string;
  readonly kind: TextKind;
  readonly occurredOn: string | null;
  readonly endedOn: string | null;
  readonly standing: Standing | null;
  /** Sources contradict each other about it. */
  readonly disputed: boolean;
}

/** A fact and how well it stands; null where that is not asked: sources and parties. */
type Told = readonly [fact: CuratedFact, standing: Standing | null];

/**
 * Every text by which a record is found: of the facts that stand, as they stand. Which fields hold texts is told by the
 * shapes, so a new event type needs no code here. Retracted and unsupported facts are not found; a record's title is,
 * as long as the record is shown by it.
 * @param own the events of the record's own stream, for sources and parties, which have no dated facts
 */
export function searchableTexts(record: RecordHistory, own: readonly LedgerEvent[]): SearchableText[] {
  const told: Told[] = aggregateOf(record.category).dated
    ? record.facts.map(({ curated, standing }) => [curated, standing])
    : curate(own)
        .facts.filter((f) => !f.retracted)
        .map((f) => [f, null]);
  return [...told.flatMap(textsOf), ...shownIdentity(record)];
}

function textsOf([{ event, statement, disputes }, standing]: Told): SearchableText[] {
  const { occurredOn, endedOn, data } = statement;
  const disputed = disputes.map((d) => d.event.body.data.path);
  return textsIn(factType(event.type).data, data, '/data').map(({ pointer, language, text, within }, ordinal) => ({
    position: event.position,
    ordinal,
    path: pointer,
    language,
    text,
    kind: kindOf(within),
    occurredOn,
    endedOn,
    standing,
    disputed: disputed.some((path) => pointer === path || pointer.startsWith(`${path}/`)),
  }));
}

function kindOf(within: readonly Shape[]): TextKind {
  if (within.includes(Place)) return 'place';
  return within.includes(Person) ? 'person' : 'text';
}

/** What a listed record is shown by, though no source of its opening event stands any more. */
function shownIdentity({ listed, unsupported, state }: RecordHistory): SearchableText[] {
  const openers = listed ? unsupported.filter((f) => factType(f.type).opens) : [];
  const shown = state as Readonly<Record<string, unknown>>;
  return openers.flatMap((fact) => {
    const data = fact.data as Readonly<Record<string, unknown>>;
    const same = (field = '') =>
      shown[field] !== undefined && canonicalJson(shown[field]) === canonicalJson(data[field]);
    return textsOf([fact.curated, null]).filter(({ path }) => same(path.split('/')[2]));
  });
}
