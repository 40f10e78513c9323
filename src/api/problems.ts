import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NotSealed } from '../audit/sealing/transparency-log.js';
import {
  CommandIdReused,
  CommandRejected,
  CommandTooLarge,
  NO_ANSWER,
  RevisionMismatch,
  UnknownCommand,
} from '../commands/errors.js';
import { InvalidJson } from '../commands/json-text.js';
import { MAX_TEXT_BYTES } from '../commands/parse-command.js';
import type { Problem } from '../domain/shape/check-shape.js';
import { InvalidPosition } from '../event-store/event-store.js';
import { GroupExists, GroupNotFound } from '../event-store/persistent-subscriptions.js';
import { RebuildGoesOn, UnknownProjection } from '../projections/read-models.js';
import { UnknownWorker } from '../subscriptions/consumer-groups.js';
import { InvalidBody, InvalidParams } from './queries/params.js';
import { NotFound } from './queries/ledger-queries.js';

/** Every kind of problem that the API answers with: its status, and what a client should make of it. */
export const PROBLEM_TYPES = {
  malformed: { status: 400, title: 'The request is malformed', meaning: 'Mend what `errors` names and send it again.' },
  'not-found': { status: 404, title: 'There is no such thing', meaning: 'Nothing of this name or id is recorded.' },
  rejected: {
    status: 409,
    title: 'The ledger refuses it as things stand',
    meaning: 'A rule of the domain, named in `errors`, stands against it. Nothing was recorded.',
  },
  'stale-revision': {
    status: 412,
    title: 'The stream has moved on',
    meaning: 'Its revision is not the one in If-Match. Read it again, and decide anew.',
  },
  'too-large': { status: 413, title: 'The request is too large', meaning: 'The limit is in `detail`.' },
  'unsupported-media-type': {
    status: 415,
    title: 'Not a media type we read here',
    meaning: 'Send what `detail` says.',
  },
  'key-reused': {
    status: 422,
    title: 'The Idempotency-Key was used for another command',
    meaning: 'The first command stands. Send this one under a key of its own.',
  },
  unavailable: {
    status: 503,
    title: 'Not now',
    meaning: 'The store, or a view, is not ready. After Retry-After send the same again, with the same key.',
  },
  internal: { status: 500, title: 'Our fault', meaning: 'It is in the log, under `instance`.' },
} as const;

export type ProblemType = keyof typeof PROBLEM_TYPES;

/** A view has not got to `minPosition` in the time that the client would wait. */
export class ViewBehind extends Error {
  override readonly name = 'ViewBehind';
}

/** The URI reference of a problem type; the ledger serves its explanation there. */
export const problemUri = (type: ProblemType): string => `/problems/${type}`;

export interface ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly errors?: readonly (Partial<Problem> & { readonly parameter?: string; readonly header?: string })[];
  readonly [extension: string]: unknown;
}

interface Told {
  readonly type: ProblemType;
  readonly detail: string;
  readonly more?: Readonly<Record<string, unknown>>;
}

const RETRY_AFTER_SECONDS = '1';

const REJECTIONS = { malformed: 'malformed', 'not-found': 'not-found', conflict: 'rejected' } as const;

const NOT_THERE = [UnknownCommand, NotFound, UnknownProjection, GroupNotFound, UnknownWorker];

/** What may be well at another time, or, of a stream that a newer version wrote to, at another instance. */
const NOT_NOW = [...NO_ANSWER, ViewBehind, RebuildGoesOn, NotSealed];

/** What an exception is to a client; undefined where it is none of theirs. */
function tell(error: unknown): Told | undefined {
  const detail = error instanceof Error ? error.message : String(error);
  if (error instanceof CommandRejected) {
    return { type: REJECTIONS[error.rejection.kind], detail, more: { errors: error.rejection.problems } };
  }
  if (error instanceof InvalidJson) {
    return { type: 'malformed', detail, more: { errors: [{ pointer: '', rule: error.rule, message: detail }] } };
  }
  if (error instanceof InvalidParams) {
    return { type: 'malformed', detail, more: { errors: error.errors } };
  }
  if (error instanceof InvalidBody) return { type: 'malformed', detail, more: { errors: error.problems } };
  if (error instanceof GroupExists) {
    const message = 'is there already, and is another: delete it first, or give this one a name of its own';
    return { type: 'rejected', detail, more: { errors: [{ parameter: 'group', rule: 'group-exists', message }] } };
  }
  if (error instanceof InvalidPosition) {
    return {
      type: 'malformed',
      detail,
      more: { errors: [{ parameter: 'minPosition', rule: 'position', message: detail }] },
    };
  }
  if (NOT_THERE.some((kind) => error instanceof kind)) return { type: 'not-found', detail };
  if (error instanceof CommandTooLarge) return { type: 'too-large', detail };
  if (error instanceof CommandIdReused) return { type: 'key-reused', detail };
  if (error instanceof RevisionMismatch) {
    return { type: 'stale-revision', detail, more: { expected: error.expected, actual: error.actual } };
  }
  if (NOT_NOW.some((kind) => error instanceof kind)) return { type: 'unavailable', detail };
  return tellFramework(error, detail);
}

/** Errors of Nest and Fastify: a body that is too large, a route that is not there, a URL that can't be decoded. */
function tellFramework(error: unknown, detail: string): Told | undefined {
  const status = error instanceof HttpException ? error.getStatus() : (error as { statusCode?: unknown }).statusCode;
  if (typeof status !== 'number' || status < 400 || status >= 500) return undefined;
  switch (status) {
    case 404:
      return { type: 'not-found', detail };
    case 413:
      return { type: 'too-large', detail: `A request body is at most ${MAX_TEXT_BYTES} bytes` };
    case 415:
      return { type: 'unsupported-media-type', detail: UNSUPPORTED_MEDIA_TYPE };
    default:
      return { type: 'malformed', detail };
  }
}

const UNSUPPORTED_MEDIA_TYPE = 'A command is sent as application/json, many to /v1/commands as application/x-ndjson';

const log = new Logger('Api');

/** Every error as RFC 9457 problem+json; what is not the client's is logged and told without internals. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    answerProblem(error, host.switchToHttp().getRequest<FastifyRequest>(), host.switchToHttp().getResponse());
  }
}

/**
 * What an exception is to a client; what is not the client's fault is logged.
 * @param instance of the request
 */
export function problemOf(error: unknown, instance: string): ProblemDetails {
  const told = tell(error) ?? { type: 'internal' as const, detail: 'An unexpected error' };
  if (told.type === 'internal') log.error(instance, stackOf(error));
  const { status, title } = PROBLEM_TYPES[told.type];
  return { type: problemUri(told.type), title, status, detail: told.detail, instance, ...told.more };
}

export const requestUrn = ({ id }: FastifyRequest): string => `urn:request:${id}`;

/** Answers with what an exception is to a client. Fastify calls it for a URL that no route can be looked up for. */
export function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const problem = problemOf(error, requestUrn(request));
  if (problem.status === PROBLEM_TYPES.unavailable.status) void reply.header('Retry-After', RETRY_AFTER_SECONDS);
  void reply
    .status(problem.status)
    .header('Content-Type', 'application/problem+json; charset=utf-8')
    .send(JSON.stringify(problem));
}

const stackOf = (error: unknown) => (error instanceof Error ? (error.stack ?? error.message) : String(error));
