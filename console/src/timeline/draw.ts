import { utcDay, utcMonth, utcTicks, utcYear } from 'd3-time';
import { type Bar, type Layout, type Lane, type Mark, startOf, toDate, type Days } from './layout';
import { isClaimed } from '../time/search';
import { AXIS, heightOf, LANE_HEAD, ROW, type View, xOf } from './view';

/** How it looks, in words for a canvas. */
export interface Look {
  readonly font: string;
  readonly ink: string;
  readonly quiet: string;
  readonly hairline: string;
  readonly accent: string;
  readonly paper: string;
}

export interface Words {
  readonly lane: (name: Lane['name']) => string;
  /** What a record is called; undefined where that is not known. */
  readonly record: (stream: string) => string | undefined;
  /** For Intl. */
  readonly tag: string;
}

const MARK = 10;
/** A day is a pixel or less from afar: a mark is never thinner than this. */
const LEAST_WIDTH = 5;
/** Less holds no name. */
const LEAST_ROOM = 24;
/** Between two years. */
const TICK_PIXELS = 110;

/** Draws the layout. From afar, what would fall on the pixels of what is drawn already is left out, so its cost follows the pixels. */
export function draw(
  ctx: CanvasRenderingContext2D,
  layout: Layout,
  view: View,
  today: Days,
  look: Look,
  words: Words,
): void {
  const height = heightOf(layout);
  ctx.clearRect(0, 0, view.width, height);
  ctx.font = `12px ${look.font}`;
  ctx.direction = view.rtl ? 'rtl' : 'ltr';
  ctx.textBaseline = 'middle';
  drawAxis(ctx, height, view, look, words);
  let top = 0;
  for (const lane of layout.lanes) {
    drawLane(ctx, lane, top, layout, view, look, words);
    top += LANE_HEAD + lane.rows * ROW;
  }
  const x = Math.round(xOf(today, view)) + 0.5;
  ctx.strokeStyle = look.accent;
  line(ctx, x, 0, x, height - AXIS);
}

function line(ctx: CanvasRenderingContext2D, x1: number, y1: number, x2: number, y2: number): void {
  ctx.beginPath();
  ctx.moveTo(x1, y1);
  ctx.lineTo(x2, y2);
  ctx.stroke();
}

function drawAxis(ctx: CanvasRenderingContext2D, height: number, view: View, look: Look, { tag }: Words): void {
  const [start, end] = [toDate(view.start), toDate(view.end)];
  const ticks = utcTicks(start, end, Math.max(2, view.width / TICK_PIXELS));
  const [first, second] = ticks;
  const apart = first && second ? second.getTime() - first.getTime() : Infinity;
  const format = new Intl.DateTimeFormat(tag, { timeZone: 'UTC', ...partsFor(apart) });
  ctx.strokeStyle = look.hairline;
  ctx.fillStyle = look.quiet;
  ctx.textAlign = 'center';
  for (const tick of ticks) {
    const x = Math.round(xOf(tick.getTime() / 86_400_000, view)) + 0.5;
    line(ctx, x, 0, x, height - AXIS + 4);
    const label = format.format(tick);
    const half = ctx.measureText(label).width / 2;
    if (x >= half && x <= view.width - half) ctx.fillText(label, x, height - AXIS / 2);
  }
}

/** A label says as much as takes two ticks apart. @param apart in milliseconds */
function partsFor(apart: number): Intl.DateTimeFormatOptions {
  const longest = (interval: typeof utcDay) => interval.offset(new Date(0), 1).getTime();
  if (apart >= longest(utcYear)) return { year: 'numeric' };
  if (apart >= longest(utcMonth) * 0.9) return { year: 'numeric', month: 'short' };
  return { year: 'numeric', month: 'short', day: 'numeric' };
}

function drawLane(
  ctx: CanvasRenderingContext2D,
  lane: Lane,
  top: number,
  layout: Layout,
  view: View,
  look: Look,
  words: Words,
): void {
  ctx.strokeStyle = look.hairline;
  line(ctx, 0, top + 0.5, view.width, top + 0.5);
  ctx.fillStyle = look.quiet;
  ctx.textAlign = 'start';
  ctx.fillText(words.lane(lane.name), view.rtl ? view.width : 0, top + LANE_HEAD / 2);
  /** Of each row, the day up to which its pixels are taken, and the bar whose name may yet be written. */
  const taken: Days[] = Array<Days>(lane.rows).fill(-Infinity);
  const unnamed: (Bar | undefined)[] = [];
  const pixel = (view.end - view.start) / view.width;
  const name = (bar: Bar | undefined, until: Days) => {
    if (bar) drawName(ctx, bar, until, top, view, look, words);
  };
  for (const bar of lane.bars) {
    if (bar.start > view.end) break;
    if (bar.end + 1 < view.start || bar.end < taken[bar.row]!) continue;
    name(unnamed[bar.row], bar.start);
    drawBar(ctx, bar, top, layout.start, view, look);
    taken[bar.row] = bar.end + LEAST_WIDTH * pixel;
    unnamed[bar.row] = bar;
  }
  for (const bar of unnamed) name(bar, view.end);
}

const middleOf = (top: number, row: number): number => top + LANE_HEAD + row * ROW + ROW / 2;

function drawBar(ctx: CanvasRenderingContext2D, bar: Bar, top: number, begin: Days, view: View, look: Look): void {
  const y = middleOf(top, bar.row);
  const known = bar.marks.flatMap(({ from }) => (from === null ? [] : [from]));
  if (bar.marks.length > 1 && known.length > 0) {
    ctx.strokeStyle = look.quiet;
    line(ctx, xOf(Math.min(...known), view), y, xOf(bar.end, view), y);
  }
  for (const mark of bar.marks) drawMark(ctx, mark, y, begin, view, look);
}

/** Filled where it is established, a frame where it is only claimed, half where it may not have happened by the day. */
function drawMark(ctx: CanvasRenderingContext2D, mark: Mark, y: number, begin: Days, view: View, look: Look): void {
  const { when } = mark.entry;
  const [a, b] = [xOf(startOf(mark, begin), view), xOf(mark.to + 1, view)];
  const width = Math.max(LEAST_WIDTH, Math.abs(b - a));
  const x = view.rtl ? Math.max(a, b) - width : Math.min(a, b);
  const colour = mark.from === null ? fading(ctx, x, width, view.rtl, look) : look.ink;
  ctx.globalAlpha = when === 'happened' ? 1 : 0.45;
  ctx.fillStyle = colour;
  ctx.strokeStyle = colour;
  if (isClaimed(mark.entry.standing)) {
    ctx.setLineDash([3, 2]);
    ctx.strokeRect(x + 0.5, y - MARK / 2 + 0.5, width - 1, MARK - 1);
    ctx.setLineDash([]);
  } else {
    ctx.fillRect(x, y - MARK / 2, width, MARK);
  }
  ctx.globalAlpha = 1;
}

/** Up to here what has no first day is so faint that its name can be read on it. */
const SOLID = 0.8;

/** It may have been on any day before. */
function fading(
  ctx: CanvasRenderingContext2D,
  x: number,
  width: number,
  rtl: boolean,
  { ink, paper }: Look,
): CanvasGradient {
  const gradient = ctx.createLinearGradient(x, 0, x + width, 0);
  const at = (share: number) => (rtl ? 1 - share : share);
  gradient.addColorStop(at(0), paper);
  gradient.addColorStop(at(SOLID), `color-mix(in srgb, ${ink} 20%, ${paper})`);
  gradient.addColorStop(at(1), ink);
  return gradient;
}

/** Beside the bar, where there is room for it before the next; on it where it fades out. */
function drawName(
  ctx: CanvasRenderingContext2D,
  bar: Bar,
  until: Days,
  top: number,
  view: View,
  look: Look,
  { record }: Words,
): void {
  const gap = view.rtl ? -8 : 8;
  const isOpen = bar.marks.some(({ from }) => from === null);
  const faint = bar.marks.every(({ entry }) => isClaimed(entry.standing))
    ? until
    : bar.start + (bar.end - bar.start) * SOLID;
  const [first, last] = isOpen ? [bar.start, faint] : [bar.end + 1, until];
  const x = xOf(Math.max(first, view.start), view) + gap;
  const room = Math.abs(xOf(Math.min(last, view.end), view) - x) - 8;
  // Few of fifty thousand have room for a letter: only their names are made and measured.
  const text = room < LEAST_ROOM ? undefined : record(bar.stream);
  if (text === undefined || ctx.measureText(text).width > room) return;
  ctx.fillStyle = look.ink;
  ctx.textAlign = 'start';
  ctx.fillText(text, x, middleOf(top, bar.row));
}
