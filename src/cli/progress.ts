/** How often a terminal's line is written over, in milliseconds. */
const SHOW_EVERY = 100;

export interface Progress {
  /** Shown if it is time for it. */
  readonly show: (text: () => string) => void;
  /** Shown now, on a line of its own. */
  readonly note: (text: string) => void;
  /** Leaves the last state to be read. */
  readonly end: () => void;
}

/**
 * How far something is: one line that is written over, on a terminal.
 * @param elsewhere how often a line is written where it is none, in milliseconds; by default never
 */
export function progressOn(stream: NodeJS.WriteStream, elsewhere = Infinity): Progress {
  const live = stream.isTTY === true;
  const every = live ? SHOW_EVERY : elsewhere;
  let next = live ? 0 : Date.now() + every;
  let last: (() => string) | undefined;
  const write = (text: string) => stream.write(live ? `\r\u001b[K${text}` : `${text}\n`);
  return {
    show(text) {
      last = text;
      if (Date.now() < next) return;
      next = Date.now() + every;
      write(text());
    },
    note(text) {
      write(live ? `${text}\n` : text);
    },
    end() {
      if (!live || !last) return;
      write(last());
      stream.write('\n');
    },
  };
}
