import { loadSettings } from '../settings.js';
import { createServer, listen } from '../server.js';
const settings = loadSettings(process.env);
const app = await createServer(settings);
console.log(await listen(app, settings));
