import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { InvalidSettings, loadSettings, SETTINGS } from '../../src/settings.js';

describe('settings', () => {
  test('README.md has them all, with their defaults and meanings', () => {
    const readme = readFileSync('README.md', 'utf8');
    for (const { name, default: value, meaning } of SETTINGS) {
      expect(readme).toContain(`| \`${name}\` | ${value === '' ? '(none)' : `\`${value}\``} | ${meaning} |`);
    }
    expect(readme.match(/^\| `MITHAQ_/gm)).toHaveLength(SETTINGS.length);
  });

  test('the defaults are sound, and on loopback', () => {
    expect(loadSettings({})).toMatchObject({ host: '127.0.0.1', port: 3000, store: 'data/ledger.db' });
  });

  test('all that is wrong is told at once, by name', () => {
    const env = { MITHAQ_PORT: '70000', MITHAQ_DORMANT_MONTHS: 'two', MITHAQ_STROE: 'x', PATH: '/bin' };
    expect(() => loadSettings(env)).toThrow(InvalidSettings);
    expect(() => loadSettings(env)).toThrow(/MITHAQ_STROE is not a setting[^]*MITHAQ_PORT must be[^]*MITHAQ_DORMANT/);
  });
});
