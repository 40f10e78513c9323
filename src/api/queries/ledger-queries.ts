import { type Category, parseStream, plural, streamName } from '../../domain/event.js';
import { blame } from '../../domain/history/blame.js';
import { diff, statusView } from '../../domain/history/diff.js';
import { historyEntries, type HistoryOrder } from '../../domain/history/entries.js';
import { history, type HistoryQuery, type RecordHistory, rootOf } from '../../domain/history/history.js';
import type { RecordView } from '../../domain/history/record-view.js';
import { knownSteps } from '../../domain/history/walk.js';
import { allBuiltInParties, builtInParty } from '../../domain/party/iso-3166.js';
import { findPartiesByName } from '../../domain/party/party-names.js';
import type { PartyState } from '../../domain/party/party.js';
import type { LedgerEvent } from '../../domain/event.js';
import { ID_PATTERN } from '../../domain/shape/rules.js';
import { toPlain } from '../../domain/shape/check-shape.js';
import { canonicalPair, pairParties } from '../../domain/values/pair.js';
import { addPeriod, parsePeriod } from '../../domain/values/period.js';
import type { Database } from '../../event-store/embedded/sqlite.js';
import type { ReadModels } from '../../projections/read-models.js';
import { pairLookUp, recordViewAt } from '../../projections/folds.js';
import {
  type Cut,
  cutAtPosition,
  cutAtTime,
  eventsAfter,
  pairsFrom,
  pairSlice,
  recordIds,
  recordSlice,
  revisionAt,
  streamEvents,
} from '../../projections/history-index.js';
import { latePage } from '../../projections/late.js';
import { relationshipAt } from '../../projections/relationships.js';
import { checkpointOf } from '../../projections/read-model.js';
import { search } from '../../projections/search.js';
import { searchIndex } from '../../projections/search-index.js';
import { pairsCiting, reviewPage, upcomingPage } from '../../projections/worklist-pages.js';
import { worklists } from '../../projections/worklists.js';
import type { PartyNames } from '../../settings.js';
import type {
  BlameAnswer,
  DiffAnswer,
  EventsAnswer,
  HistoryAnswer,
  LateAnswer,
  Page,
  PartyRef,
  RecordAnswer,
  RelationshipAnswer,
  RelationshipItem,
  RelationshipsAnswer,
  Resolved,
  ReviewAnswer,
  SearchAnswer,
  StreamAnswer,
  UpcomingAnswer,
} from './answers.js';
import { type Cursor, decodeCursor, encodeCursor, invalidCursor, scopeOf } from './cursor.js';
import {
  type BlameParams,
  type DiffParams,
  type EventListParams,
  type HistoryParams,
  isPositionText,
  type KnownParams,
  type LateParams,
  type ListParams,
  type PartyListParams,
  pointParams,
  type ReviewParams,
  type SearchParams,
  type TimeParams,
  type UpcomingParams,
} from './params.js';
import { exportCsv, type ExportName } from './exports.js';
import { inTurns } from './in-turns.js';
import { placeOf, placeText, searchItem, searchQuery } from './search-answers.js';
import { type Called, cited, shownDue, shownReview, urlOf } from './worklist-answers.js';

/** What was asked for is not there. */
export class NotFound extends Error {
  override readonly name = 'NotFound';
}

export interface QueryOptions {
  readonly dormantAfterMonths: number;
  readonly partyNames: PartyNames;
  readonly now: () => Date;
}

export const DEFAULT_PAGE = 50;
const DEFAULT_EVENTS = 100;
/** How far ahead the list of what is due looks. */
const DEFAULT_WITHIN = 'P90D';

/** What is late, unless the question says. */
const DEFAULT_DAYS = 30;

/** Where a page is of, and what list. */
interface PagePoint extends Point {
  readonly scope: string;
}

interface Point {
  readonly query: HistoryQuery;
  readonly cut: Cut;
  readonly resolved: Resolved;
}

/** Every question that the ledger answers, as plain JSON: what REST and the command line show. */
export class LedgerQueries {
  constructor(
    private readonly readModels: Pick<ReadModels, 'db'>,
    private readonly options: QueryOptions,
  ) {}

  private get db(): Database {
    return this.readModels.db;
  }

  /** @throws NotFound, where a party is unknown */
  relationship(pair: string, params: TimeParams): RelationshipAnswer {
    const point = this.#resolve(params);
    const parties = this.#knownParties(pair, point.cut.position);
    // In this order for people who read it.
    return Object.assign({ pair, parties, ...point.resolved }, this.#status(pair, point));
  }

  relationships(params: ListParams): RelationshipsAnswer {
    const { point, after, limit } = this.#resolvePage('relationships', params);
    const { dormantAfterMonths } = this.options;
    const next = (from: string) => pairsFrom(this.db, point.cut.position, from, limit);
    const page = this.#page(point, limit, after, next, (pair): RelationshipItem | undefined => {
      const { stage, flags, records } = this.#status(pair, point);
      return records === 0
        ? undefined
        : { pair, parties: this.#parties(pair, point.cut.position), stage, flags, records };
    });
    return { ...page, dormantAfterMonths };
  }

  relationshipHistory(pair: string, params: HistoryParams): HistoryAnswer {
    const { point, ...page } = this.#resolvePage(`history of ${pair}`, params);
    const parties = this.#knownParties(pair, point.cut.position);
    const slice = pairSlice(this.db, pair, point.cut.position);
    const ofPair = (r: RecordHistory) => r.pairs.includes(pair);
    return { pair, parties, ...this.#history(slice, ofPair, params.order, { point, ...page }) };
  }

  /** What differs between two points about a pair, and why. */
  async diff(pair: string, { from, to = '@', ...params }: DiffParams): Promise<DiffAnswer> {
    const [a, b] = [from, to].map((text) => this.#resolve({ ...params, ...pointParams(text) })) as [Point, Point];
    const parties = this.#knownParties(pair, Math.max(a.cut.position, b.cut.position));
    const point = ({ query, cut }: Point) => ({ asOf: query.asOf, knownAt: cut.position });
    const { dormantAfterMonths } = this.options;
    const about = { pair, minimumStanding: a.query.minimumStanding, dormantAfterMonths };
    const changes = await inTurns(diff(point(a), point(b), pairLookUp(this.db, about)));
    const told = ({ resolved: { asOf, knownAt } }: Point) => ({ asOf, knownAt });
    return { pair, parties, minimumStanding: about.minimumStanding, from: told(a), to: told(b), changes };
  }

  /** Who made each field of a pair's status what it is. */
  async relationshipBlame(pair: string, params: BlameParams): Promise<BlameAnswer> {
    const point = this.#resolve(params);
    this.#knownParties(pair, point.cut.position);
    const { dormantAfterMonths } = this.options;
    const { historyAt } = pairLookUp(this.db, { pair, ...point.query, dormantAfterMonths });
    const viewAt = (cut: Cut) => statusView(historyAt(point.query, cut.position), pair, dormantAfterMonths);
    const slice = pairSlice(this.db, pair, point.cut.position);
    return { pair, ...point.resolved, fields: await this.#blame(slice, point, viewAt, params) };
  }

  /** Who made each field of a record's view what it is. @throws NotFound, where it is in no view */
  async recordBlame(category: Category, id: string, params: BlameParams): Promise<BlameAnswer> {
    const point = this.#resolve(params);
    this.#found(category, id, point);
    const stream = streamName(category, id);
    const viewAt = (cut: Cut) => this.#view(category, id, { ...point, cut });
    const slice = recordSlice(this.db, stream, point.cut.position);
    return { stream, ...point.resolved, fields: await this.#blame(slice, point, viewAt, params) };
  }

  async #blame(
    slice: readonly LedgerEvent[],
    point: Point,
    viewOf: (cut: Cut) => unknown,
    { path = '' }: BlameParams,
  ): Promise<BlameAnswer['fields']> {
    const viewAt = (position: number) => viewOf({ position, recordedAt: null });
    const steps = knownSteps(slice, [0, point.cut.position], viewAt);
    const fields = await inTurns(blame(viewAt(0), steps, slice));
    const views = this.#viewsAt(point);
    return fields
      .filter((field) => `${field.path}/`.startsWith(`${path}/`))
      .map((field) => ({ ...field, evidence: cited(field.evidence, views) }));
  }

  /** What was recorded more than so many days after it happened, the newest first. */
  async late(params: LateParams): Promise<LateAnswer> {
    const { point, after, limit } = this.#resolvePage('late', params);
    const { position } = point.cut;
    const days = Number(params.days ?? DEFAULT_DAYS);
    const { pair, party } = params;
    const page = await inTurns(
      latePage(this.db, {
        query: point.query,
        knownAt: position,
        days,
        pair: pair === undefined ? undefined : canonicalPair(pair),
        party,
        before: after === '' ? position + 1 : Number(after),
        limit,
      }),
    );
    const views = this.#viewsAt(point);
    const items = page.items.map((item) => ({
      ...item,
      url: urlOf(item.stream),
      evidence: cited(item.evidence, views),
    }));
    const next = page.next === null ? null : encodeCursor(this.#cursor(String(page.next), point));
    return { ...point.resolved, days, items, next };
  }

  /** A record of a category. @throws NotFound, where it is in no view: not recorded by then, or its opener retracted */
  record(category: Category, id: string, params: TimeParams): RecordAnswer {
    const point = this.#resolve(params);
    return { ...this.#found(category, id, point), ...point.resolved };
  }

  records(category: Category, params: ListParams): Resolved & Page<RecordView> {
    const { point, after, limit } = this.#resolvePage(plural(category), params);
    const next = (from: string) => recordIds(this.db, category, point.cut.position, from, limit);
    return this.#page(point, limit, after, next, (id) => {
      const view = this.#recordView(category, id, point);
      // A merged record is listed as the one that it was merged into.
      return view?.stream === streamName(category, id) && view.listed ? view : undefined;
    });
  }

  recordHistory(category: Category, id: string, params: HistoryParams): HistoryAnswer {
    const { point, ...page } = this.#resolvePage(`history of ${streamName(category, id)}`, params);
    const stream = streamName(category, id);
    const recorded = ID_PATTERN.test(id) && revisionAt(this.db, stream, point.cut.position) !== null;
    // A built-in party is there before anything was recorded of it.
    if (!recorded && !(category === 'party' && builtInParty(id))) throw new NotFound(`There is no ${category} ${id}`);
    const slice = recordSlice(this.db, stream, point.cut.position);
    const { records, curated } = history(slice, point.query);
    const root = rootOf(stream, curated.merges);
    const parties = (records.get(root)?.parties ?? []).map((code) => this.#party(code, point.cut.position));
    const answer = this.#history(slice, (r) => r.stream === root, params.order, { point, ...page });
    return { stream, parties, ...answer };
  }

  /** Registered parties and built-in ones; by name, those that any of their names finds. */
  parties(params: PartyListParams): Resolved & Page<RecordView> {
    const { point, after, limit } = this.#resolvePage('parties', params);
    const registered = recordIds(this.db, 'party', point.cut.position, '', Number.MAX_SAFE_INTEGER);
    const named = () =>
      registered
        .flatMap((code) => (this.#recordView('party', code, point) as PartyState | undefined) ?? [])
        .map(({ code, names, aliases }) => ({ code, names: names ?? {}, aliases }));
    const found =
      params.name === undefined
        ? [...new Set([...registered, ...allBuiltInParties().map((p) => p.code)])].sort()
        : findPartiesByName(params.name, named());
    const next = (from: string) => found.filter((code) => code > from).slice(0, limit);
    return this.#page(point, limit, after, next, (code) => this.#partyView(code, point));
  }

  /** The records that a text of theirs finds, as all stands now. */
  search(params: SearchParams): SearchAnswer {
    // The projector writes meanwhile.
    return this.db.snapshot(() => this.#search(params));
  }

  #search(params: SearchParams): SearchAnswer {
    const { point, after, limit } = this.#resolvePage('search', params);
    // Where the index stands still, it knows no more than it did there.
    const cut = cutAtPosition(this.db, Math.min(point.cut.position, checkpointOf(this.db, searchIndex.name).position));
    const place = after === '' ? undefined : placeOf(after);
    if (after !== '' && !place) throw invalidCursor();
    const query = searchQuery(params);
    const found = search(this.db, { ...query, upTo: cut.position, limit, after: place });
    return {
      q: params.q,
      ...point.resolved,
      knownAt: { position: String(cut.position), recordedAt: cut.recordedAt },
      items: found.items
        .map((item) => searchItem(item, query.terms))
        // A party is called as everywhere else.
        .map((i) => (i.category === 'party' ? { ...i, title: this.#party(i.id, cut.position).names } : i)),
      next: found.next ? encodeCursor(this.#cursor(placeText(found.next), { ...point, cut })) : null,
    };
  }

  /** What a person should look at, the newest first. */
  async review(params: ReviewParams): Promise<ReviewAnswer> {
    const { point, question } = this.#worklist('review', params);
    const page = await reviewPage(this.db, { ...question, kind: params.kind });
    const views = this.#viewsAt(point);
    const citing = (source: string) => pairsCiting(this.db, source, point.cut.position);
    const items = page.items.map((item) => shownReview(item, views, citing));
    return { ...point.resolved, items, next: this.#nextOf(page, point) };
  }

  /** What is due within a time from the day asked for, and what was and has no outcome, by date. */
  async upcoming(params: UpcomingParams): Promise<UpcomingAnswer> {
    const { point, question } = this.#worklist('upcoming', params);
    const { within = DEFAULT_WITHIN, kind, when } = params;
    const { asOf } = point.query;
    const until = addPeriod(asOf, parsePeriod(within)!);
    const page = await upcomingPage(this.db, { ...question, kind, when, until });
    const views = this.#viewsAt(point);
    const items = page.items.map((item) => shownDue(item, asOf, views));
    return { ...point.resolved, within, until, items, next: this.#nextOf(page, point) };
  }

  /** A table as CSV, in pieces; and what the question resolved to. */
  export(name: ExportName, params: TimeParams): { readonly resolved: Resolved; readonly csv: AsyncGenerator<string> } {
    const { query, cut, resolved } = this.#resolve(params);
    const partyNames = (code: string) => this.#party(code, cut.position).names;
    return { resolved, csv: exportCsv(name, { db: this.db, query, knownAt: cut.position, partyNames }) };
  }

  /** A question to a list of things to do. Where their projection stands still, it knows no more than it did there. */
  #worklist(list: string, params: ReviewParams | UpcomingParams) {
    const { point, after, limit } = this.#resolvePage(list, params);
    const at = Math.min(point.cut.position, checkpointOf(this.db, worklists.name).position);
    const { position, recordedAt } = at < point.cut.position ? cutAtPosition(this.db, at) : point.cut;
    const knownAt = { position: String(position), recordedAt };
    const { pair, party } = params;
    return {
      point: { ...point, cut: { position, recordedAt }, resolved: { ...point.resolved, knownAt } },
      question: {
        query: point.query,
        knownAt: position,
        pair: pair === undefined ? undefined : canonicalPair(pair),
        party,
        after,
        limit,
      },
    };
  }

  /** The views of records at a point, each looked up once. */
  #viewsAt({ query, cut }: Point) {
    const known = new Map<string, Called | undefined>();
    return (stream: string): Called | undefined => {
      if (!known.has(stream)) {
        known.set(stream, recordViewAt(this.db, stream, query, cut.position) as Called | undefined);
      }
      return known.get(stream);
    };
  }

  #nextOf(page: { readonly items: readonly { readonly key: string }[]; readonly more: boolean }, point: PagePoint) {
    const last = page.items.at(-1);
    return page.more && last ? encodeCursor(this.#cursor(last.key, point)) : null;
  }

  stream(stream: string, params: KnownParams): StreamAnswer {
    const { cut, resolved } = this.#resolve(params);
    const named = ID_PATTERN.test(parseStream(stream)?.id ?? '');
    const events = named ? streamEvents(this.db, stream, cut.position) : [];
    const last = events.at(-1);
    if (!last) throw new NotFound(`There is no stream ${stream} as known at position ${cut.position}`);
    return { stream, knownAt: resolved.knownAt, revision: last.revision, events };
  }

  events(params: EventListParams): EventsAnswer {
    const { cut, resolved } = this.#resolve(params);
    const limit = Number(params.limit ?? DEFAULT_EVENTS);
    const events = eventsAfter(this.db, Number(params.after ?? 0), cut.position, limit);
    const last = events.at(-1);
    return {
      knownAt: resolved.knownAt,
      events,
      next: last && last.position < cut.position ? `${last.position}` : null,
    };
  }

  #status(pair: string, { query, cut }: Point) {
    return relationshipAt(this.db, pair, query, cut.position, this.options.dormantAfterMonths);
  }

  #view = (category: Category, id: string, point: Point) =>
    category === 'party' ? this.#partyView(id, point) : this.#recordView(category, id, point);

  #found(category: Category, id: string, point: Point) {
    const view = ID_PATTERN.test(id) ? this.#view(category, id, point) : undefined;
    if (view) return view;
    if (category === 'party') throw new NotFound(`Party ${id} is neither built in nor registered`);
    throw new NotFound(`There is no ${category} ${id} as known at position ${point.cut.position}`);
  }

  #recordView(category: Category, id: string, { query, cut }: Point) {
    const view = recordViewAt(this.db, streamName(category, id), query, cut.position);
    const revision = view && revisionAt(this.db, view.stream, cut.position);
    return view && typeof revision === 'number' ? { ...view, revision } : undefined;
  }

  #partyView(code: string, point: Point) {
    const builtIn = builtInParty(code);
    const base = builtIn && { code, kind: 'state', revision: -1 };
    const view = this.#recordView('party', code, point);
    if (!view && !base) return undefined;
    const { names, aliases } = this.#called(code, view as PartyState | undefined);
    return { ...base, ...view, names, aliases, builtIn: base !== undefined } as unknown as RecordAnswer;
  }

  /** What a party goes by: as built in, over that as registered, and over that as the settings would show it. */
  #called(code: string, registered: PartyState | undefined) {
    const builtIn = builtInParty(code);
    return {
      names: { ...builtIn?.names, ...registered?.names, ...this.options.partyNames[code] },
      aliases: [...new Set([...(builtIn?.aliases ?? []), ...(registered?.aliases ?? [])])],
    };
  }

  #party(code: string, knownAt: number): PartyRef {
    const query: HistoryQuery = { asOf: this.#today(), minimumStanding: 'claimed' };
    const view = recordViewAt(this.db, streamName('party', code), query, knownAt) as PartyState | undefined;
    return { code, names: this.#called(code, view).names };
  }

  #parties = (pair: string, knownAt: number) => pairParties(pair).map((code) => this.#party(code, knownAt));

  #knownParties(pair: string, knownAt: number): PartyRef[] {
    for (const code of pairParties(pair)) {
      const known =
        builtInParty(code) !== undefined || revisionAt(this.db, streamName('party', code), knownAt) !== null;
      if (!known) throw new NotFound(`Party ${code} is neither built in nor registered`);
    }
    return this.#parties(pair, knownAt);
  }

  #history(
    slice: readonly LedgerEvent[],
    chosen: (record: RecordHistory) => boolean,
    order: HistoryOrder = 'valid',
    { point, after, limit }: { point: PagePoint; after: string; limit: number },
  ) {
    const all = historyEntries(history(slice, point.query), slice, order, chosen);
    const from = Number(after || 0);
    const entries = all.slice(from, from + limit);
    const more = from + limit < all.length;
    const next = more ? encodeCursor(this.#cursor(String(from + limit), point)) : null;
    return { ...point.resolved, order, entries, next };
  }

  #today = () => this.options.now().toISOString().slice(0, 10);

  #resolve(params: TimeParams, pinned?: Cursor): Point {
    const asOf = pinned?.asOf ?? params.asOf ?? this.#today();
    const minimumStanding = params.minimumStanding ?? 'claimed';
    const cut = pinned ? cutAtPosition(this.db, pinned.position) : this.#cut(params.knownAt);
    const knownAt = { position: String(cut.position), recordedAt: cut.recordedAt };
    return { query: { asOf, minimumStanding }, cut, resolved: { asOf, knownAt, minimumStanding } };
  }

  #cut(knownAt: string | undefined): Cut {
    if (knownAt === undefined) return cutAtPosition(this.db, Number.MAX_SAFE_INTEGER);
    if (isPositionText(knownAt)) return cutAtPosition(this.db, Number(knownAt));
    return cutAtTime(this.db, new Date(knownAt).toISOString());
  }

  /** Whatever else the list is asked stays the same on all its pages. */
  #resolvePage(list: string, { cursor: text, limit: size, minPosition: _, ...params }: ListParams) {
    const scope = scopeOf(list, toPlain(params));
    const cursor = text === undefined ? undefined : decodeCursor(text, scope);
    const limit = Number(size ?? DEFAULT_PAGE);
    return { point: { ...this.#resolve(params, cursor), scope }, after: cursor?.after ?? '', limit };
  }

  #cursor = (after: string, { cut, query, scope }: PagePoint): Cursor => ({
    after,
    position: cut.position,
    asOf: query.asOf,
    scope,
  });

  /** Fills a page from keys in order, passing over those that have nothing to show. */
  #page<Item>(
    point: PagePoint,
    limit: number,
    after: string,
    keysAfter: (key: string) => string[],
    show: (key: string) => Item | undefined,
  ): Resolved & Page<Item> {
    const items: Item[] = [];
    let last = after;
    for (let keys = keysAfter(last); keys.length > 0; keys = keysAfter(last)) {
      for (const key of keys) {
        const item = show(key);
        if (item !== undefined) {
          // One more than the page is the proof that there is another.
          if (items.length === limit)
            return { ...point.resolved, items, next: encodeCursor(this.#cursor(last, point)) };
          items.push(item);
        }
        last = key;
      }
    }
    return { ...point.resolved, items, next: null };
  }
}
