import { get } from 'node:http';

/*
 * A process of its own: `followers.js URL COUNT AFTER` follows a ledger COUNT times over, from a position on, says `ready` when
 * all have caught up, and at the end of its standard input how long after it was recorded each event came, in milliseconds.
 */
const [url, count, after] = process.argv.slice(2) as [string, string, string];
const lags: number[] = [];

function follow(): Promise<void> {
  return new Promise((caughtUp, failed) => {
    const headers = { accept: 'application/x-ndjson' };
    get(`${url}/v1/events/stream?after=${after}`, { agent: false, headers }, (response) => {
      let text = '';
      let live = false;
      response.setEncoding('utf8').on('data', (chunk: string) => {
        const now = Date.now();
        const lines = (text + chunk).split('\n');
        text = lines.pop()!;
        for (const line of lines) {
          const message = JSON.parse(line) as { readonly feed?: string; readonly time?: string };
          if (live && message.time !== undefined) lags.push(now - Date.parse(message.time));
          if (message.feed !== 'caught-up') continue;
          live = true;
          caughtUp();
        }
      });
    }).on('error', failed);
  });
}

await Promise.all(Array.from({ length: Number(count) }, follow));
process.stdout.write('ready\n');
process.stdin.resume().on('end', () => {
  process.stdout.write(`${JSON.stringify(lags)}\n`, () => process.exit());
});
