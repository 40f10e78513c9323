import 'reflect-metadata';
import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { measureLedger } from './commands.js';
import { type FeedLag, measureFeed } from './feed.js';
import type { Figure } from './measure.js';
import { measureTransparency } from './transparency.js';

/*
 * npm run bench [-- --json FILE]: figures beside their floors, the same work by the bare parts in the same run. Rates
 * differ by machine and by moment; the ratio is what counts. MITHAQ_BENCH_ESDB names an EventStoreDB to measure too,
 * MITHAQ_BENCH_EVENTS how many events are sealed before they are proved and verified.
 */
const esdb = process.env['MITHAQ_BENCH_ESDB'];
const figures: Figure[] = await measureLedger(undefined);
if (esdb !== undefined) figures.push(...(await measureLedger(esdb)));
figures.push(...(await measureTransparency(Number(process.env['MITHAQ_BENCH_EVENTS'] ?? 200_000))));
const feeds: FeedLag[] = await measureFeed('embedded', undefined);
if (esdb !== undefined) feeds.push(...(await measureFeed('EventStoreDB', esdb)));

const number = (n: number) => Math.round(n).toLocaleString('en');
const ratio = (n: number) => n.toFixed(2);
console.log('| work | measured | floor | ratio (least to most of the rounds) | to reach | the floor is |');
console.log('| --- | --- | --- | --- | --- | --- |');
for (const f of figures) {
  const ratios = `${ratio(f.ratio)} (${f.ratios.map(ratio).join(' to ')})`;
  const cells = [f.work, number(f.measured) + f.unit, number(f.floor) + f.unit, ratios, f.target ?? '', f.floorIs];
  console.log(`| ${cells.join(' | ')} |`);
}
console.log('\n| an event, from its record to those who follow | messages | median | 99 of 100 | the latest |');
console.log('| --- | --- | --- | --- | --- |');
for (const f of feeds) {
  const cells = [
    `${f.store}, ${f.followers} followers`,
    number(f.messages),
    `${f.p50} ms`,
    `${f.p99} ms`,
    `${f.most} ms`,
  ];
  console.log(`| ${cells.join(' | ')} |`);
}
const [flag, file] = process.argv.slice(2);
if (flag === '--json' && file !== undefined) {
  const machine = { node: process.version, cpus: cpus().map(({ model }) => model) };
  await writeFile(file, JSON.stringify({ at: new Date().toISOString(), machine, figures, feeds }, undefined, 2));
}
