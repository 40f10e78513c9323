import { useSyncExternalStore } from 'react';

/** What a reader chose for this browser; the language is in the address too, for those that it is sent to. */
export type Preference = 'lang' | 'theme' | 'digits';

const listeners = new Set<() => void>();
const key = (name: Preference) => `mithaq.${name}`;

/** Null where nothing was chosen, or nothing can be kept. */
export function preference(name: Preference): string | null {
  try {
    return localStorage.getItem(key(name));
  } catch {
    return null;
  }
}

export function prefer(name: Preference, value: string): void {
  try {
    localStorage.setItem(key(name), value);
  } catch {
    // A browser that keeps nothing shows what the address says.
  }
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

export const usePreference = (name: Preference): string | null =>
  useSyncExternalStore(subscribe, () => preference(name));
