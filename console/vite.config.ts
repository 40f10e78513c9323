import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

/** Beside each file that shrinks, the same as gzip: the ledger sends it as it is. */
const gzipped = (): Plugin => ({
  name: 'gzipped',
  async writeBundle({ dir }, bundle) {
    const files = Object.keys(bundle).filter((name) => /\.(js|css|html|svg)$/.test(name));
    for (const name of files) {
      const path = join(dir!, name);
      await writeFile(`${path}.gz`, gzipSync(await readFile(path), { level: 9 }));
    }
  },
});

export default defineConfig({
  plugins: [gzipped()],
  build: {
    outDir: '../dist/console',
    emptyOutDir: true,
    target: 'es2023',
    // A strict policy lets nothing in that is no file.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      // Directives for servers that render React, which this is not.
      onLog: (level, log, handle) => log.code !== 'MODULE_LEVEL_DIRECTIVE' && handle(level, log),
    },
  },
  // `npm run dev -w @mithaq/console` beside a ledger on its usual port.
  server: { proxy: { '/v1': 'http://127.0.0.1:3000', '/tlog': 'http://127.0.0.1:3000' } },
});
