import { expect, it } from 'vitest';
import { reasonOf, superviseDownload } from './download.mjs';

const run = (code: string, silenceMs: number): Promise<string | null> =>
  superviseDownload(process.execPath, ['-e', code], { silenceMs });

it('gives up on a download that is silent', async () => {
  expect(await run('setInterval(() => {}, 1000)', 200)).toBe('no byte for 0.2 s');
});

it('stays with a download that is slow but alive', async () => {
  // Runs for longer than the silence it is allowed, never silent for so long.
  const code =
    'let n = 0; const t = setInterval(() => { console.log(++n); if (n === 12) clearInterval(t); }, 100)';
  expect(await run(code, 1000)).toBe(null);
});

it('reports what the download says on failure', async () => {
  expect(await run('console.error("Error: getaddrinfo ENOTFOUND somewhere"); process.exit(1)', 5000)).toBe(
    'getaddrinfo ENOTFOUND somewhere',
  );
});

it('finds the cause in an error dump', () => {
  const dump = [
    'TypeError: fetch failed',
    '    at node:internal/deps/undici/undici:1:1 {',
    '  [cause]: Error: getaddrinfo ENOTFOUND example.org',
    "    errno: -3008, code: 'ENOTFOUND'",
  ].join('\n');
  expect(reasonOf(dump)).toBe('getaddrinfo ENOTFOUND example.org');
  expect(reasonOf('')).toBe('no reason given');
  expect(reasonOf('Error: checksum mismatch\n  at x')).toBe('checksum mismatch');
});
