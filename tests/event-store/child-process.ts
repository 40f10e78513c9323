import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

export type Child = ChildProcessByStdio<null, Readable, null>;

/** Starts a script of `children/` in a process of its own, behind `wrapper` if there is one. */
export function startChild(script: string, args: readonly string[], wrapper: readonly string[] = []): Child {
  const file = fileURLToPath(new URL(`./children/${script}.child.js`, import.meta.url));
  const [command, ...rest] = [...wrapper, process.execPath, file, ...args] as [string, ...string[]];
  // The timeout is for the day the store hangs: no child should outlive its test.
  return spawn(command, rest, { stdio: ['ignore', 'pipe', 'inherit'], timeout: 20_000, killSignal: 'SIGKILL' });
}

/** What the child says until it ends, line by line, and how it ended. `onLine` is told how many lines there are. */
export async function linesOf(child: Child, onLine?: (count: number) => void) {
  let said = '';
  let count = 0;
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    said += chunk;
    for (const character of chunk) if (character === '\n') onLine?.(++count);
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { lines: said.split('\n').slice(0, -1), code, signal };
}
