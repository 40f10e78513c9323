/** Why a feed ends that the client did not end. */
export const DROP_CODES = ['too-slow', 'closing', 'failed'] as const;
export type DropCode = (typeof DROP_CODES)[number];

/**
 * How a feed is written: its messages as text. For those who follow it, all but a drop tell the position up to which the client has everything
 * that it wants, so that it can go on from there.
 */
export interface FeedFormat {
  readonly mediaType: string;
  opening(position: number): string;
  /** To a worker of a group: what it is called when it answers. */
  joined(worker: string): string;
  event(position: number, cloudEvent: string): string;
  caughtUp(position: number): string;
  /** When nothing else was sent for a while. */
  heartbeat(position: number): string;
  dropped(code: DropCode, reason: string): string;
}

/** How long a browser waits before it connects again. */
const RETRY_MS = 2000;

/** Server-Sent Events: https://html.spec.whatwg.org/multipage/server-sent-events.html */
export const SSE: FeedFormat = {
  mediaType: 'text/event-stream',
  opening: (position) => `retry: ${RETRY_MS}\nid: ${position}\n\n`,
  joined: (worker) => `retry: ${RETRY_MS}\nevent: joined\ndata: ${JSON.stringify({ worker })}\n\n`,
  event: (position, cloudEvent) => `id: ${position}\ndata: ${cloudEvent}\n\n`,
  caughtUp: (position) => `event: caught-up\nid: ${position}\ndata: ${JSON.stringify(at(position))}\n\n`,
  // Without data no event is dispatched, yet what the browser sends as Last-Event-ID moves on.
  heartbeat: (position) => `: heartbeat\nid: ${position}\n\n`,
  dropped: (code, reason) => `event: dropped\ndata: ${JSON.stringify({ code, reason })}\n\n`,
};

/** A JSON object a line: a CloudEvent, or what the feed says of itself, which has `feed` and no `specversion`. */
export const LINES: FeedFormat = {
  mediaType: 'application/x-ndjson',
  opening: (position) => line({ feed: 'opened', ...at(position) }),
  joined: (worker) => line({ feed: 'joined', worker }),
  event: (_, cloudEvent) => `${cloudEvent}\n`,
  caughtUp: (position) => line({ feed: 'caught-up', ...at(position) }),
  heartbeat: (position) => line({ feed: 'heartbeat', ...at(position) }),
  dropped: (code, reason) => line({ feed: 'dropped', code, reason }),
};

const line = (message: object) => `${JSON.stringify(message)}\n`;
const at = (position: number) => ({ position: String(position) });
