import {
  forceCollide,
  forceLink,
  forceManyBody,
  forceSimulation,
  forceX,
  forceY,
  type SimulationNodeDatum,
} from 'd3-force';

/** A party, where it is drawn. */
export interface Place {
  readonly code: string;
  readonly x: number;
  readonly y: number;
  /** On which side its lines leave room for its name. */
  readonly isNamedAbove: boolean;
}

export interface Placed {
  readonly places: ReadonlyMap<string, Place>;
  /** As `viewBox` has it. */
  readonly box: readonly [x: number, y: number, width: number, height: number];
}

interface Node extends SimulationNodeDatum {
  readonly code: string;
}

/** Between two parties that have a relationship. */
const DISTANCE = 130;
/** Around a party, for its name. */
const ROOM = 46;
const STEPS = 300;
const MARGIN = { across: 110, down: 40 };

/** Where parties are drawn, so that those who have to do with each other are near; the same for the same pairs. */
export function placeParties(pairs: readonly (readonly [string, string])[]): Placed {
  const nodes: Node[] = [...new Set(pairs.flat())].sort().map((code) => ({ code }));
  const links = pairs.map(([source, target]) => ({ source, target }));
  forceSimulation(nodes)
    .force(
      'link',
      forceLink<Node, { source: string | Node; target: string | Node }>(links)
        .id((node) => node.code)
        .distance(DISTANCE),
    )
    .force('apart', forceManyBody().strength(-600))
    .force('room', forceCollide(ROOM))
    // What has nothing to do with the rest stays in sight.
    .force('x', forceX().strength(0.05))
    .force('y', forceY().strength(0.09))
    .stop()
    .tick(STEPS);
  const at = new Map(nodes.map((node) => [node.code, node]));
  const slopeOf = (code: string) =>
    pairs
      .filter((pair) => pair.includes(code))
      .reduce((sum, [a, b]) => sum + (at.get(a === code ? b : a)!.y! - at.get(code)!.y!), 0);
  const places = nodes.map(({ code, x = 0, y = 0 }) => ({
    code,
    x: Math.round(x),
    y: Math.round(y),
    isNamedAbove: slopeOf(code) >= 0,
  }));
  const [xs, ys] = [places.map(({ x }) => x), places.map(({ y }) => y)];
  const [left, top] = [Math.min(0, ...xs) - MARGIN.across, Math.min(0, ...ys) - MARGIN.down];
  const [width, height] = [Math.max(0, ...xs) + MARGIN.across - left, Math.max(0, ...ys) + MARGIN.down - top];
  return { places: new Map(places.map((place) => [place.code, place])), box: [left, top, width, height] };
}
