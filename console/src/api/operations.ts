import { MithaqProblem, type Problem } from '@mithaq/client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { queryClient } from './ledger';

export interface Lag {
  readonly events: number;
  readonly seconds: number;
}

/** How far a projection has got, and why it stands still where it does. */
export interface Projection {
  readonly name: string;
  readonly position: number;
  readonly lag: Lag | null;
  readonly stopped: { readonly position: number; readonly eventId: string; readonly reason: string } | null;
}

export interface Rebuild {
  readonly projections: readonly string[];
  readonly state: 'running' | 'done' | 'failed';
  readonly position: number;
  readonly reason: string | null;
}

/** What GET /health/ready answers. */
export interface Health {
  readonly store: { readonly status: 'ok' | 'unavailable'; readonly reason?: string };
  readonly projections: readonly Projection[];
  readonly rebuild: Rebuild | null;
  readonly failure: string | null;
}

const UNAVAILABLE = 503;

async function ask<Answer>(path: string, request: RequestInit, fits: (response: Response) => boolean): Promise<Answer> {
  const response = await fetch(path, request);
  const answer = (await response.json()) as Answer | Problem;
  if (!fits(response)) throw new MithaqProblem(answer as Problem);
  return answer as Answer;
}

/** 503 is an answer here: it says what does not go on. */
const isHealth = ({ ok, status }: Response) => ok || status === UNAVAILABLE;

const FAST_MS = 500;
const SLOW_MS = 5_000;

/** How the ledger is, asked for again and again: the sooner while something is being rebuilt. */
export const useHealth = () =>
  useQuery({
    queryKey: ['/health/ready', {}],
    queryFn: ({ signal }) => ask<Health>('/health/ready', { signal }, isHealth),
    refetchInterval: ({ state }) => (state.data?.rebuild?.state === 'running' ? FAST_MS : SLOW_MS),
  });

/** Something that is done by a POST without a body, after which what was answered is asked for again. */
const usePost = (pathOf: (name: string) => string, stale: string) =>
  useMutation({
    mutationFn: (name: string) => ask<unknown>(pathOf(encodeURIComponent(name)), { method: 'POST' }, ({ ok }) => ok),
    onSettled: () =>
      queryClient.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith(stale) }),
  });

export const useRebuild = () => usePost((name) => `/v1/projections/${name}/rebuild`, '/health/ready');
export const useReplay = () => usePost((group) => `/v1/consumer-groups/${group}/parked/replay`, '/v1/consumer-groups');
