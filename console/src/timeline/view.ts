import type { Bar, Days, Layout } from './layout';

/** Which stretch of time is in sight, and on how many pixels. */
export interface View {
  readonly start: Days;
  readonly end: Days;
  /** In CSS pixels. */
  readonly width: number;
  /** Time goes the way the language is read. */
  readonly rtl: boolean;
}

export const ROW = 22;
/** Over the rows of a lane, where its name is. */
export const LANE_HEAD = 26;
/** Under all lanes, with the years. */
export const AXIS = 28;

/** Nearer than this nothing is to be seen. */
const LEAST_DAYS = 10;

export const heightOf = ({ lanes }: Layout): number =>
  lanes.reduce((height, { rows }) => height + LANE_HEAD + rows * ROW, AXIS);

export function xOf(day: Days, { start, end, width, rtl }: View): number {
  const x = ((day - start) / (end - start)) * width;
  return rtl ? width - x : x;
}

export function dayAt(x: number, { start, end, width, rtl }: View): Days {
  return start + ((rtl ? width - x : x) / width) * (end - start);
}

/** The same time on other pixels. */
export const inWidth = (view: View, width: number): View => ({ ...view, width });

/** Moved by pixels, as a hand moves paper. */
export function panned(view: View, pixels: number, layout: Layout): View {
  const days = (pixels / view.width) * (view.end - view.start) * (view.rtl ? 1 : -1);
  return within({ ...view, start: view.start + days, end: view.end + days }, layout);
}

/** Nearer (under 1) or farther, around a place that stays where it is. */
export function zoomed(view: View, factor: number, x: number, layout: Layout): View {
  const length = view.end - view.start;
  const most = layout.end - layout.start;
  const next = Math.min(most, Math.max(LEAST_DAYS, length * factor));
  const fixed = dayAt(x, view);
  const start = fixed - ((fixed - view.start) / length) * next;
  return within({ ...view, start, end: start + next }, layout);
}

/** What is shown is never beyond what there is. */
function within(view: View, { start, end }: Layout): View {
  const length = view.end - view.start;
  const from = Math.max(start, Math.min(view.start, end - length));
  return { ...view, start: from, end: from + length };
}

/** The bar at a place; undefined where there is none. */
export function barAt(x: number, y: number, view: View, { lanes }: Layout): Bar | undefined {
  const [day, slack] = [dayAt(x, view), ((view.end - view.start) / view.width) * 6];
  let top = 0;
  for (const { rows, bars } of lanes) {
    const row = Math.floor((y - top - LANE_HEAD) / ROW);
    top += LANE_HEAD + rows * ROW;
    if (y >= top) continue;
    const reaches = (bar: Bar) => bar.row === row && bar.start - slack <= day && day <= bar.end + 1 + slack;
    return row < 0 ? undefined : bars.findLast(reaches);
  }
  return undefined;
}
