import type { Problem } from './shapes.js';

/** What is not an answer: the ledger's problem+json, or what something between says instead. */
export class MithaqProblem extends Error {
  override readonly name = 'MithaqProblem';
  readonly status: number;
  /** A URI reference, `/problems/rejected`: what kind of problem it is. The ledger explains it there. */
  readonly type: string;
  readonly title: string;
  readonly detail: string;
  /** What to name when asking whoever runs the ledger. */
  readonly instance: string;
  /** Which field, parameter or header breaks which rule. */
  readonly errors: NonNullable<Problem['errors']>;
  /** The least time after which to try again, in milliseconds; 0 where nothing is said. */
  readonly retryAfterMs: number;

  constructor({ status, type, title, detail, instance, errors = [] }: Problem, retryAfterMs = 0) {
    super(`${status} ${title}: ${detail}`);
    this.status = status;
    this.type = type;
    this.title = title;
    this.detail = detail;
    this.instance = instance;
    this.errors = errors;
    this.retryAfterMs = retryAfterMs;
  }
}

const MAX_DETAIL = 200;

/** @param response that is not ok */
export async function problemOf(response: Response): Promise<MithaqProblem> {
  const { status, statusText, headers, url } = response;
  const text = await response.text();
  const told = /^application\/problem\+json\b/.test(headers.get('content-type') ?? '');
  const seconds = Number(headers.get('retry-after') ?? 0);
  const detail = text.slice(0, MAX_DETAIL);
  const problem = told
    ? (JSON.parse(text) as Problem)
    : { status, type: 'about:blank', title: statusText, detail, instance: url };
  return new MithaqProblem(problem, Number.isFinite(seconds) ? seconds * 1000 : 0);
}
