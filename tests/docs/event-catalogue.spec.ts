import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { CATALOGUE, eventCatalogue } from './event-catalogue.js';

const page = readFileSync(CATALOGUE, 'utf8');

test('docs/events.md is as the schemas are: else `npm run docs:events`', () => {
  expect(page).toBe(eventCatalogue());
});

test('each of its links leads to a heading of it, or to a page', () => {
  const headings = [...page.matchAll(/^#+ (.*)$/gm)].map(([, title]) => title!.toLowerCase().replaceAll(' ', '-'));
  expect(new Set(headings).size).toBe(headings.length);
  for (const [, target] of page.matchAll(/\]\(#([^)]*)\)/g)) expect(headings).toContain(target);
  for (const [, file] of page.matchAll(/\]\(([^#)]+)\)/g)) expect(readFileSync(`docs/${file}`, 'utf8')).not.toBe('');
});
