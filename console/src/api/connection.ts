import { useSyncExternalStore } from 'react';

/** Whether what is recorded arrives here. */
export type Connection = 'connecting' | 'live' | 'lost';

let connection: Connection = 'connecting';
const listeners = new Set<() => void>();

function set(next: Connection): void {
  if (next === connection) return;
  connection = next;
  for (const listener of listeners) listener();
}

export const live = (): void => set('live');
export const lost = (): void => set('lost');

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

export const useConnection = (): Connection => useSyncExternalStore(subscribe, () => connection);
