import { type ReactNode, useState } from 'react';
import { useText } from '../i18n/text';

const FIRST = 25;
const STEP = 100;

/** The first of a long list, and a button that brings more: nobody reads fifty thousand rows, and no browser should hold them. */
export function useMore<Item>(items: readonly Item[]): readonly [shown: readonly Item[], button: ReactNode] {
  const text = useText();
  const [count, show] = useState(FIRST);
  const left = items.length - count;
  const button = left > 0 && (
    <p className="more">
      <button type="button" onClick={() => show(count + STEP)}>
        {text('count.more', { n: left })}
      </button>
    </p>
  );
  return [items.slice(0, count), button];
}
