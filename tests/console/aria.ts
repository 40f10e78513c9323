import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** What those who hear a page are told, as it was agreed on. MITHAQ_ARIA=write writes it anew, to be looked at. */
export function agreed(name: string, told: string): string {
  const path = `tests/console/aria/${name}.yml`;
  if (process.env['MITHAQ_ARIA'] === 'write') {
    if (!existsSync(dirname(path))) mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${told}\n`);
  }
  return readFileSync(path, 'utf8').trimEnd();
}
