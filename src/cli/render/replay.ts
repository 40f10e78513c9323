import { changesBetween } from '../../domain/history/fields.js';
import type { HistoryAnswer, HistoryEntry, StatusAnswer, StreamEvent } from './answers.js';
import { changeLines } from './diff.js';
import { entryLines } from './history-entry.js';
import { labelled } from './query.js';
import { contextOf } from './sentences/context.js';
import { joined, type Line, plain, print, say, styled, usableWidth, value, wrap } from './spans.js';
import type { RenderOptions } from './text.js';
import { code, flagWords } from './words.js';

/** An event of a replay, between the states before and after it. */
export interface ReplayStep {
  readonly place: number;
  readonly of: number;
  readonly event: StreamEvent & { readonly stream: string };
  readonly before: StatusAnswer;
  readonly state: StatusAnswer;
}

/** A step of a replay for a terminal: the event as it was recorded, what it changed in the status, and that in short. */
export function renderStep(
  { place, of, event, before, state }: ReplayStep,
  history: HistoryAnswer,
  options: RenderOptions,
): string {
  const width = usableWidth(options);
  const entry = history.entries.find((e) => e.eventId === event.id);
  const changes = changesBetween(statusIn(before), statusIn(state));
  const flags = Object.entries(state.flags).flatMap(([flag, set]) => (set ? [[value(flagWords(flag), 'warn')]] : []));
  const lines: Line[] = [
    ...wrap(styled(say`${place} of ${of}`, 'strong'), width),
    ...(entry ? entryLines(asRecorded(entry, event), contextOf(history, options), width) : []),
    ...(changes.length === 0 ? [[plain('    changes nothing in the status')]] : []),
    ...changes.flatMap((change) => changeLines(change, options, width)),
    ...labelled('stage', styled([code(state.stage)], 'strong'), width),
    ...labelled('flags', flags.length > 0 ? joined(flags, '; ') : say`none`, width),
  ];
  return print(lines, options);
}

/** The status without the question. */
function statusIn({ asOf: _, knownAt: __, minimumStanding: ___, parties: ____, ...status }: StatusAnswer) {
  return status;
}

/** What was said of it since is told when it was. */
function asRecorded(entry: HistoryEntry, { body }: StreamEvent): HistoryEntry {
  const { occurredOn, endedOn, evidence, data } = body as HistoryEntry;
  const untold = { earliest: null, latest: null, when: null, standing: null, retractedBy: null };
  return {
    ...entry,
    ...untold,
    occurredOn,
    endedOn,
    evidence,
    data,
    corroborations: [],
    corrections: [],
    disputes: [],
  };
}
