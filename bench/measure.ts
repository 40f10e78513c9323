/** Runs `total` tasks, `callers` of them at a time, and gives how many were done in a second. */
export async function perSecond(
  callers: number,
  total: number,
  task: (n: number) => Promise<unknown>,
): Promise<number> {
  let next = 0;
  const caller = async () => {
    while (next < total) await task(next++);
  };
  const start = process.hrtime.bigint();
  await Promise.all(Array.from({ length: callers }, caller));
  return total / (Number(process.hrtime.bigint() - start) / 1e9);
}

export const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;

/** What was measured against its floor, in the same run. */
export interface Figure {
  readonly work: string;
  readonly unit: string;
  readonly floorIs: string;
  readonly floor: number;
  readonly measured: number;
  /** Measured over floor, round by round: the median, and the least and most of any round. */
  readonly ratio: number;
  readonly ratios: readonly [least: number, most: number];
  readonly target: number | null;
}

/** Measures a piece of work and its floor in turn, so that what slows the machine down slows both. */
export async function against(
  what: Pick<Figure, 'work' | 'unit' | 'floorIs' | 'target'>,
  rounds: number,
  floor: () => Promise<number>,
  work: () => Promise<number>,
): Promise<Figure> {
  const floors: number[] = [];
  const measured: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    floors.push(await floor());
    measured.push(await work());
  }
  const ratios = measured.map((value, round) => value / floors[round]!);
  return {
    ...what,
    floor: median(floors),
    measured: median(measured),
    ratio: median(ratios),
    ratios: [Math.min(...ratios), Math.max(...ratios)],
  };
}
