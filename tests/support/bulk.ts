import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { createInterface } from 'node:readline';
import type { LineAnswer } from '../../src/api/bulk.controller.js';
import type { ProblemDetails } from '../../src/api/problems.js';
import type { CommandResult } from '../../src/commands/command-recorder.js';
import type { Data } from './ledger.js';

/** A line of a file of commands. */
export const line = (commandId: string, type: string, data: Data, more: Data = {}): string =>
  JSON.stringify({ commandId, type, data, ...more });

/** A request with lines of commands that is open both ways: what is sent and what is answered go side by side. */
export class BulkRequest {
  readonly request: ClientRequest;
  readonly #response: Promise<IncomingMessage>;
  #answers: AsyncIterator<string> | undefined;

  constructor(url: string, headers: Readonly<Record<string, string>> = {}) {
    const options = { method: 'POST', headers: { 'content-type': 'application/x-ndjson', ...headers } };
    this.request = request(new URL('/v1/commands', url), options);
    this.#response = once(this.request, 'response').then((args) => args[0] as IncomingMessage);
    this.#response.catch(() => undefined);
    // A server that has said all may close while we still send.
    this.request.on('error', () => undefined);
  }

  send(text: string | Uint8Array): void {
    this.request.write(text);
  }

  /** The next line of the answer; undefined at its end. */
  async answer(): Promise<LineAnswer | undefined> {
    this.#answers ??= createInterface({ input: await this.#response })[Symbol.asyncIterator]();
    const next = await this.#answers.next();
    return next.done ? undefined : (JSON.parse(next.value) as LineAnswer);
  }

  /** Sends no more, and reads the answer to its end. */
  async end(): Promise<LineAnswer[]> {
    this.request.end();
    const answers: LineAnswer[] = [];
    for (let next = await this.answer(); next; next = await this.answer()) answers.push(next);
    return answers;
  }

  response(): Promise<IncomingMessage> {
    return this.#response;
  }
}

/** Sends lines at once, and gives the answer's lines. */
export function sendLines(url: string, lines: readonly string[], end = '\n'): Promise<LineAnswer[]> {
  const bulk = new BulkRequest(url);
  bulk.send(lines.map((l) => l + end).join(''));
  return bulk.end();
}

export function resultOf(answer: LineAnswer | undefined): CommandResult {
  if (!answer || !('result' in answer)) throw new Error(`Not taken: ${JSON.stringify(answer)}`);
  return answer.result;
}

export function problemIn(answer: LineAnswer | undefined): ProblemDetails {
  if (!answer || !('problem' in answer)) throw new Error(`Not refused: ${JSON.stringify(answer)}`);
  return answer.problem;
}
