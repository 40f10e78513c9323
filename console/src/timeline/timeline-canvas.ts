import { draw, type Look, type Words } from './draw';
import type { Bar, Days, Layout } from './layout';
import { barAt, heightOf, inWidth, panned, type View, zoomed } from './view';

export interface Shown {
  readonly layout: Layout;
  /** The day that the page is of. */
  readonly today: Days;
  readonly words: Words;
  readonly rtl: boolean;
}

export interface TimelineEvents {
  /** The pointer is over a record, or over none. */
  readonly onPoint: (bar: Bar | undefined) => void;
  readonly onOpen: (bar: Bar) => void;
}

/** A drag shorter than this is a click. In pixels. */
const CLICK = 4;
const WHEEL_ZOOM = 1.0015;

/** A timeline on a canvas that can be dragged, zoomed and pointed at; what it shows is given to it. */
export class TimelineCanvas {
  #shown: Shown | undefined;
  #view: View | undefined;
  #frame = 0;
  #dragged = 0;
  readonly #stop = new AbortController();
  readonly #size: ResizeObserver;
  readonly #theme: MutationObserver;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly events: TimelineEvents,
  ) {
    const { signal } = this.#stop;
    const on = <K extends keyof HTMLElementEventMap>(type: K, listener: (event: HTMLElementEventMap[K]) => void) =>
      canvas.addEventListener(type, listener, { signal, passive: false });
    on('pointerdown', (event) => this.#press(event));
    on('pointermove', (event) => this.#move(event));
    on('pointerup', (event) => this.#release(event));
    on('pointerleave', () => this.events.onPoint(undefined));
    on('wheel', (event) => this.#wheel(event));
    this.#size = new ResizeObserver(() => this.#fit());
    this.#size.observe(canvas);
    // The colours are those of the page.
    this.#theme = new MutationObserver(() => this.#redraw());
    this.#theme.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#redraw(), { signal });
    void document.fonts.ready.then(() => this.#redraw());
  }

  close(): void {
    this.#stop.abort();
    this.#size.disconnect();
    this.#theme.disconnect();
    cancelAnimationFrame(this.#frame);
  }

  /** Shows something else; what of it is in sight stays where it was as long as it is the same stretch of time. */
  show(shown: Shown): void {
    const { start, end } = shown.layout;
    const before = this.#shown;
    this.#shown = shown;
    const same = before?.layout.start === start && before.layout.end === end && before.rtl === shown.rtl;
    if (!same) this.#view = undefined;
    this.canvas.style.blockSize = `${heightOf(shown.layout)}px`;
    this.#fit();
  }

  /** @param share of what is in sight: 0.5 is half of it, onwards in time */
  pan(share: number): void {
    const { width, rtl } = this.#view ?? { width: 0, rtl: false };
    this.#look((view, layout) => panned(view, share * width * (rtl ? 1 : -1), layout));
  }

  /** @param factor under 1: nearer */
  zoom(factor: number): void {
    this.#look((view, layout) => zoomed(view, factor, view.width / 2, layout));
  }

  all(): void {
    this.#view = undefined;
    this.#fit();
  }

  #look(change: (view: View, layout: Layout) => View): void {
    if (!this.#view || !this.#shown) return;
    this.#view = change(this.#view, this.#shown.layout);
    this.#redraw();
  }

  #fit(): void {
    if (!this.#shown) return;
    const { layout, rtl } = this.#shown;
    const width = this.canvas.clientWidth;
    if (width === 0) return;
    this.#view = this.#view ? inWidth(this.#view, width) : { start: layout.start, end: layout.end, width, rtl };
    const [across, down] = [width, heightOf(layout)].map((pixels) => Math.round(pixels * devicePixelRatio));
    if (this.canvas.width !== across) this.canvas.width = across!;
    if (this.canvas.height !== down) this.canvas.height = down!;
    this.#redraw();
  }

  #redraw(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#draw());
  }

  #draw(): void {
    const ctx = this.canvas.getContext('2d');
    if (!ctx || !this.#shown || !this.#view) return;
    const { layout, today, words } = this.#shown;
    performance.mark('timeline');
    ctx.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    draw(ctx, layout, this.#view, today, lookOf(this.canvas), words);
    performance.measure('timeline drawn', 'timeline');
  }

  #press(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.canvas.setPointerCapture(event.pointerId);
    this.#dragged = 0;
  }

  #move(event: PointerEvent): void {
    if (this.canvas.hasPointerCapture(event.pointerId)) {
      this.#dragged += Math.abs(event.movementX);
      this.#look((view, layout) => panned(view, -event.movementX, layout));
    } else {
      const bar = this.#barAt(event);
      this.canvas.style.cursor = bar ? 'pointer' : 'grab';
      this.events.onPoint(bar);
    }
  }

  #release(event: PointerEvent): void {
    const bar = this.#barAt(event);
    if (bar && this.#dragged < CLICK) this.events.onOpen(bar);
  }

  /** The page scrolls, unless it is clear that the timeline is meant. */
  #wheel(event: WheelEvent): void {
    const { deltaX, deltaY, ctrlKey, offsetX } = event;
    if (!ctrlKey && Math.abs(deltaX) <= Math.abs(deltaY)) return;
    event.preventDefault();
    if (ctrlKey) this.#look((view, layout) => zoomed(view, WHEEL_ZOOM ** deltaY, offsetX, layout));
    else this.#look((view, layout) => panned(view, deltaX, layout));
  }

  #barAt({ offsetX, offsetY }: MouseEvent): Bar | undefined {
    return this.#shown && this.#view && barAt(offsetX, offsetY, this.#view, this.#shown.layout);
  }
}

/** As the page's styles have it. */
function lookOf(element: HTMLElement): Look {
  const style = getComputedStyle(element);
  const { fontFamily: font, color: ink, backgroundColor: paper } = style;
  const { borderTopColor: hairline, caretColor: accent, outlineColor: quiet } = style;
  return { font, ink, paper, hairline, accent, quiet };
}
