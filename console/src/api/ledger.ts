import { MithaqClient, MithaqProblem, type Queries } from '@mithaq/client';
import { QueryClient, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { lost } from './connection';

/** The ledger that serves this page. */
export const ledger = new MithaqClient({
  url: location.origin,
  retries: 4,
  maxWaitMs: 4_000,
  onRetry: () => lost(),
});

/** What was answered stands until the feed tells of something new; the client tries again by itself. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: Infinity, retry: false, refetchOnWindowFocus: false, refetchOnReconnect: false },
  },
});

export type Path = Exclude<keyof Queries, '/v1/events/stream'>;
export type Params<P extends Path> = Queries[P]['params'];
export type AnswerOf<P extends Path> = Queries[P]['answer'];
/** Those whose answers have pages of entries or items. */
export type PagedPath = { [P in Path]: AnswerOf<P> extends { next: string | null } ? P : never }[Path];

type Get = (path: string, params: object, options: { readonly signal: AbortSignal }) => Promise<unknown>;
type Pages = (path: string, params: object, options: { readonly signal: AbortSignal }) => AsyncIterable<unknown>;

/** Of the parameters, those that say what is asked about, rather than from which point in time. */
const subjectOf = (params: object) =>
  JSON.stringify({ ...params, asOf: undefined, knownAt: undefined, minimumStanding: undefined, order: undefined });

/** The same question from another point in time shows the last answer until the new one is there. */
const placeholder = (path: string, params: object) => ({
  placeholderData: <T>(before: T | undefined, query: { readonly queryKey: readonly unknown[] } | undefined) =>
    query?.queryKey[0] === path && subjectOf(query.queryKey[1] as object) === subjectOf(params) ? before : undefined,
});

/** Asks the ledger, once for all who ask the same. */
export function useAnswer<P extends Path>(path: P, params: Params<P>, enabled = true): UseQueryResult<AnswerOf<P>> {
  return useQuery<AnswerOf<P>>({
    queryKey: [path, params],
    queryFn: ({ signal }) => (ledger.get.bind(ledger) as Get)(path, params, { signal }) as Promise<AnswerOf<P>>,
    enabled,
    ...(placeholder(path, params) as object),
  });
}

/** Asks for every page. */
export function useAllPages<P extends PagedPath>(path: P, params: Params<P>, enabled = true) {
  return useQuery<readonly AnswerOf<P>[]>({
    queryKey: [path, params, 'all'],
    queryFn: async ({ signal }) => {
      const pages: AnswerOf<P>[] = [];
      const all = (ledger.pages.bind(ledger) as unknown as Pages)(path, { limit: 500, ...params }, { signal });
      for await (const page of all) pages.push(page as AnswerOf<P>);
      return pages;
    },
    enabled,
    ...(placeholder(path, params) as object),
  });
}

export const isNotFound = (error: unknown): boolean => error instanceof MithaqProblem && error.status === 404;
