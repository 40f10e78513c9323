import { createServer, listen } from '../../src/server.js';
import { loadSettings } from '../../src/settings.js';

// A ledger in a process of its own, to be killed. Says where it listens, when it does.
const settings = loadSettings(process.env);
const app = await createServer(settings, { log: false });
process.stdout.write(`${await listen(app, settings)}\n`);
