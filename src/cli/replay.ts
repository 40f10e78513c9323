import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { HistoryAnswer } from '../api/queries/answers.js';
import type { LedgerEvent } from '../domain/event.js';
import type { Ledger, Params } from './ledger.js';
import { renderStep, type ReplayStep } from './render/replay.js';
import type { RenderOptions } from './render/text.js';
import { print, tell } from './terminal.js';

export interface ReplayOptions {
  /** Waits for a line after each event. */
  readonly step?: boolean;
  /** An object a line: the event as recorded, and the state after it. */
  readonly json?: boolean;
}

/** Tells a pair's history as it came to be known: each event as it was recorded, and the state after it. */
export async function replay(
  ledger: Ledger,
  pair: string,
  params: Params,
  options: ReplayOptions,
  display: RenderOptions,
  input: Readable = process.stdin,
): Promise<void> {
  const history = await ledger.history(pair, { ...params, order: 'recorded' });
  const steps = stepsIn(ledger, history, { ...params, asOf: history.asOf });
  const told = (step: ReplayStep) =>
    options.json ? JSON.stringify({ event: step.event, state: step.state }) : renderStep(step, history, display);
  const lines = options.step ? createInterface({ input }) : undefined;
  const typed = lines?.[Symbol.asyncIterator]();
  try {
    for await (const step of steps) {
      print(told(step));
      if (typed && step.place < step.of && !(await goesOn(typed))) return;
    }
  } finally {
    lines?.close();
  }
}

async function* stepsIn(ledger: Ledger, history: HistoryAnswer, params: Params): AsyncGenerator<ReplayStep> {
  const stateAt = (knownAt: string) => ledger.relationship(history.pair!, { ...params, knownAt });
  const recorded = await eventsOf(ledger, history);
  let before = await stateAt('0');
  for (const [i, { eventId, position }] of history.entries.entries()) {
    const state = await stateAt(String(position));
    yield { place: i + 1, of: history.entries.length, event: recorded.get(eventId)!, before, state };
    before = state;
  }
}

/** Events as they were recorded: a history has them as they stand. */
async function eventsOf(ledger: Ledger, { entries, knownAt }: HistoryAnswer): Promise<Map<string, LedgerEvent>> {
  const events = new Map<string, LedgerEvent>();
  for (const stream of new Set(entries.map((e) => e.stream))) {
    const answer = await ledger.stream(stream, { knownAt: knownAt.position });
    for (const event of answer.events) events.set(event.id, event);
  }
  return events;
}

/** Waits for a line: false where it is `q`, or none comes any more. */
async function goesOn(typed: AsyncIterator<string>): Promise<boolean> {
  tell('Enter: the next one; q: end');
  const line = await typed.next();
  return line.done !== true && line.value.trim() !== 'q';
}
