import type { AgreementState } from '../agreement/state.js';
import { cowCode } from '../party/cow-codes.js';
import { knownArea } from '../values/areas.js';
import { pairParties } from '../values/pair.js';
import { factOfRecord } from '../worklists/work-item.js';
import { citationsOf, type HistoryFact, type RecordHistory } from '../history/history.js';
import type { VisitState } from '../visit/visit.js';
import type { Cell } from './csv.js';

/** What a row needs to know beyond its record. */
export interface Names {
  /** What a party is called, in English where it has an English name. */
  party(code: string): string | null;
  /** The title of a source. */
  source(sourceId: string): string | null;
}

/** A row by column. */
export type Row = Readonly<Record<string, Cell>>;

export const many = (items: readonly string[]): Cell => (items.length === 0 ? null : items.join(';'));

/** English, else Arabic, else what there is. */
export const chosen = (texts: Readonly<Record<string, string>> | null | undefined): readonly [Cell, Cell] => {
  const [language] = ['en', 'ar', ...Object.keys(texts ?? {})].filter((tag) => texts?.[tag] !== undefined);
  return language === undefined ? [null, null] : [texts![language]!, language];
};

/** `Title (source id), locator | …`: each citation of these facts once. */
export function sourcesCell(facts: readonly (HistoryFact | undefined)[], names: Names): Cell {
  const cited = facts.flatMap((fact) => (fact ? citationsOf(fact.curated) : []));
  const told = cited.map(({ sourceId, locator }) => `${names.source(sourceId) ?? ''} (${sourceId}), ${locator}`.trim());
  return told.length === 0 ? null : [...new Set(told)].join(' | ');
}

/** The areas of DCAD that areas of cooperation are mapped to. */
export const dcadAreas = (areas: readonly string[]): string[] =>
  [...new Set(areas.flatMap((code) => knownArea(code)?.dcad ?? []))].sort();

export function agreementRow(record: RecordHistory, names: Names): Row {
  const state = record.state as AgreementState;
  const [a, b] = pairParties(record.pairs[0] ?? '');
  const [title, language] = chosen(state.title);
  const signature = factOfRecord(record, state.signatures[0]?.eventId);
  return {
    agreement_id: state.agreementId,
    party_1: a,
    party_2: b,
    party_1_name: names.party(a),
    party_2_name: names.party(b),
    party_1_cow: cowCode(a),
    party_2_cow: cowCode(b),
    title,
    title_language: language,
    title_is_descriptive: state.titleIsDescriptive,
    instrument_type: state.instrumentType,
    status: state.status,
    standing: state.standing,
    signed: state.signatures.length > 0,
    signed_on: state.signedOn,
    signed_earliest: signature?.earliest ?? null,
    signed_latest: signature?.latest ?? null,
    in_force_on: state.inForceOn,
    last_day: state.lastDay,
    ended_on: state.endedOn,
    consent_pending: many(state.consentPending),
    areas: many([...state.areas].sort()),
    dcad_areas: many(dcadAreas(state.areas)),
    disputed: record.disputes.length > 0,
    sources: sourcesCell(
      record.facts.filter(({ when }) => when === 'happened'),
      names,
    ),
  };
}

export function visitRow(record: RecordHistory, names: Names): Row {
  const state = record.state as VisitState;
  const { visitor = '', host = '', statusEventId } = state;
  const fact = factOfRecord(record, statusEventId);
  const held = state.status === 'held';
  return {
    visit_id: state.visitId,
    visitor,
    host,
    visitor_name: names.party(visitor),
    host_name: names.party(host),
    visitor_cow: cowCode(visitor),
    host_cow: cowCode(host),
    status: state.status,
    standing: state.standing,
    level: state.level ?? null,
    kind: state.kind ?? null,
    occurred_on: state.occurredOn,
    earliest: held ? (fact?.earliest ?? null) : null,
    latest: held ? (fact?.latest ?? null) : null,
    ended_on: state.endedOn,
    duration_days: state.durationDays ?? null,
    planned_for: state.plannedFor,
    occasion: chosen(state.occasion)[0],
    areas: many(state.areas ?? []),
    disputed: record.disputes.length > 0,
    sources: sourcesCell([fact], names),
  };
}
