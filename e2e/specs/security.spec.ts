import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { callEngine } from '../fixtures/engine.ts';
import { expect, test } from '../fixtures/workstation.ts';

test.use({ appArgs: [] });

const HOME = 'app://quayside/';

test('the page is isolated, sandboxed and without Node', async ({ workstation: { app, page } }) => {
  const preferences = await app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    if (!window) throw new Error('there is no window');
    // Not in the typings, but the one place that says what is really in force.
    const contents = window.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> };
    return contents.getLastWebPreferences();
  });
  expect(preferences).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    webSecurity: true,
  });
  for (const flag of [
    'nodeIntegrationInWorker',
    'nodeIntegrationInSubFrames',
    'webviewTag',
    'allowRunningInsecureContent',
  ]) {
    expect(preferences[flag] ?? false, flag).toBe(false);
  }
  const reach = await page.evaluate(() => {
    const seen = window as unknown as Record<string, unknown>;
    return {
      node: ['require', 'process', 'module', 'Buffer', 'global', 'ipcRenderer'].filter(
        (name) => name in seen,
      ),
      bridge: Object.entries(seen['quayside'] as object).map(([name, value]) => [name, typeof value]),
    };
  });
  expect(reach.node).toEqual([]);
  expect(reach.bridge.every(([, type]) => type === 'function')).toBe(true);
  expect(reach.bridge.length).toBeLessThanOrEqual(12);
});

test('app:// serves files of the renderer and nothing beside them, with the policy on each', async ({
  workstation: { page },
}) => {
  const home = await page.goto(HOME);
  expect(home?.status()).toBe(200);
  const headers = (await home?.allHeaders()) ?? {};
  expect(headers['x-content-type-options']).toBe('nosniff');
  const policy = headers['content-security-policy'];
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("connect-src 'none'");
  expect(policy).toMatch(/script-src 'self'(;|$)/);
  for (const path of [
    '..%2fapp%2fmain.cjs',
    '%2e%2e%2f%2e%2e%2fpackage.json',
    '..%5capp%5cmain.cjs',
    '..%2f..%2f..%2f..%2fetc%2fpasswd',
    'nothing.js',
  ]) {
    const answer = await page.goto(HOME + path);
    expect(answer?.status(), path).toBe(404);
  }
});

test('the policy holds: no connection, no inline script, no eval, no frame', async ({
  workstation: { page },
}) => {
  const hits: string[] = [];
  const server = createServer((request, response) => {
    hits.push(request.url ?? '');
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const outcome = await page.evaluate(async (url) => {
      const failed = (work: () => Promise<unknown>) =>
        work().then(
          () => false,
          () => true,
        );
      const script = document.createElement('script');
      script.textContent = 'window.inlineRan = true';
      document.body.append(script);
      // What the policy has to stop is what the linter stops too.
      // oxlint-disable-next-line typescript/no-implied-eval
      setTimeout('window.evaluated = true' as never);
      const frame = document.createElement('iframe');
      frame.src = `${url}/frame`;
      const framed = new Promise((resolve) => {
        frame.addEventListener('load', resolve);
        frame.addEventListener('error', resolve);
      });
      document.body.append(frame);
      const tells = {
        fetch: await failed(() => fetch(`${url}/fetch`)),
        own: await failed(() => fetch('index.html')),
        socket: await new Promise((resolve) => {
          try {
            const socket = new WebSocket(url.replace('http', 'ws'));
            socket.addEventListener('error', () => resolve(true));
            socket.addEventListener('open', () => resolve(false));
          } catch {
            resolve(true);
          }
        }),
        beacon: navigator.sendBeacon(`${url}/beacon`),
        inline: 'inlineRan' in window,
      };
      await framed;
      // Later than the text that would have been evaluated.
      await new Promise((resolve) => setTimeout(resolve));
      return { ...tells, evaluated: 'evaluated' in window };
    }, base);
    expect(outcome).toMatchObject({ fetch: true, own: true, socket: true, inline: false, evaluated: false });
    expect(hits).toEqual([]);
  } finally {
    server.close();
  }
});

test('the window leaves its own page for nothing and opens no other', async ({
  workstation: { app, page },
}) => {
  await page.evaluate(() => {
    window.location.href = 'https://example.com/';
  });
  await page.evaluate(() => {
    const link = document.createElement('a');
    link.href = 'file:///etc/passwd';
    document.body.append(link);
    link.click();
  });
  const opened = await page.evaluate(() => [window.open('https://example.com/'), window.open(location.href)]);
  expect(opened).toEqual([null, null]);
  // The page still answers where it was: nothing of the above has begun.
  expect(await page.evaluate(() => location.href)).toMatch(/^app:\/\/quayside\//);
  expect(await page.evaluate(() => document.querySelector('[data-app-state="ready"]') !== null)).toBe(true);
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test('no permission is granted but writing to the clipboard', async ({ workstation: { page } }) => {
  const answers = await page.evaluate(async () => {
    const state = async (name: string) =>
      (await navigator.permissions.query({ name: name as PermissionName })).state;
    const refused = (work: () => Promise<unknown>) =>
      work().then(
        () => false,
        () => true,
      );
    return {
      notifications: await Notification.requestPermission(),
      states: await Promise.all(['geolocation', 'camera', 'microphone', 'midi', 'clipboard-read'].map(state)),
      media: await refused(() => navigator.mediaDevices.getUserMedia({ audio: true })),
      position: await new Promise((resolve) =>
        navigator.geolocation.getCurrentPosition(
          () => resolve(false),
          () => resolve(true),
        ),
      ),
    };
  });
  expect(answers.notifications).toBe('denied');
  expect(answers.states.filter((state) => state === 'granted')).toEqual([]);
  expect(answers).toMatchObject({ media: true, position: true });
});

test('a page that is not ours gets neither an answer nor a port, even with our preload', async ({
  workstation: { app },
}) => {
  const refused = await app.evaluate(async ({ app: electronApp, BrowserWindow }) => {
    const preload = `${electronApp.getAppPath()}/out/app/preload.cjs`;
    const foreign = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } });
    try {
      await foreign.loadURL('data:text/html,<title>foreign</title>');
      return (await foreign.webContents.executeJavaScript(`(async () => {
        let ports = 0;
        addEventListener('message', (event) => { ports += event.ports.length; });
        const answers = [];
        for (const call of [() => quayside.appInfo(), () => quayside.connect(), () => quayside.getSettings(), () => quayside.openOutside('logs')]) {
          answers.push(await call().then(() => 'answered', String));
        }
        return { answers, ports };
      })()`)) as { answers: string[]; ports: number };
    } finally {
      foreign.destroy();
    }
  });
  for (const answer of refused.answers) expect(answer).toContain('not allowed');
  expect(refused.answers).toHaveLength(4);
  expect(refused.ports).toBe(0);
});

test('keys of a shop are in no reply, log, backup or database', async ({ workstation, userData }) => {
  const { page } = workstation;
  const secret = 'cs_5ec2e75ec2e75ec2e75ec2e75ec2e7';
  const { accountId } = await callEngine<{ accountId: string }>(page, 'channels.add', {
    platform: 'woocommerce',
    name: 'Shop',
    baseUrl: 'http://127.0.0.1:9',
    credentials: { consumerKey: 'ck_5ec2e75ec2e75ec2e75ec2e75ec2e7', consumerSecret: secret },
  });
  // The refused connection is logged; the keys were used for it.
  await expect(callEngine(page, 'channels.test', { accountId })).rejects.toThrow('CHANNEL_');
  const seen = [
    await callEngine(page, 'channels.list', {}),
    await callEngine(page, 'history.list', {}),
    await callEngine(page, 'jobs.list', {}),
    await page.content(),
  ];
  expect(JSON.stringify(seen)).not.toContain(secret);
  await callEngine(page, 'workspace.backup', {});
  await workstation.close();
  const files = readdirSync(userData, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  expect(files.some((file) => file.endsWith('vault.json'))).toBe(true);
  expect(files.some((file) => file.includes('backups'))).toBe(true);
  expect(files.some((file) => file.endsWith('.log'))).toBe(true);
  expect(files.filter((file) => readFileSync(file).includes(secret))).toEqual([]);
  expect(workstation.output()).not.toContain(secret);
});
