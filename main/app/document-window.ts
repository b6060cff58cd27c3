import { randomUUID } from 'node:crypto';
import { BrowserWindow, session, type Session } from 'electron';
import { APP_SCHEME } from './lockdown.ts';

/** A session in memory, of documents alone: `app:` is served by us there and nothing else is reachable. */
const PARTITION = 'documents';
const ORIGIN = `${APP_SCHEME}://paper`;
const CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
/** Laying out the largest document takes seconds; a window that takes longer hangs. */
const LOAD_CAP_MS = 60_000;

/** Documents that a window loads right now, by address. They hold addresses of buyers, so no file is written for them. */
const pages = new Map<string, string>();
let prepared: Session | null = null;
let last: Promise<unknown> = Promise.resolve();

function documentSession(): Session {
  if (prepared) return prepared;
  const own = session.fromPartition(PARTITION);
  own.setPermissionRequestHandler((_contents, _permission, callback) => callback(false));
  own.setPermissionCheckHandler(() => false);
  own.webRequest.onBeforeRequest(({ url }, callback) =>
    callback({ cancel: !url.startsWith(`${ORIGIN}/`) && !url.startsWith('data:') }),
  );
  own.protocol.handle(APP_SCHEME, ({ url }) => {
    const html = pages.get(url);
    if (html === undefined) return new Response(null, { status: 404 });
    return new Response(html, {
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': CONTENT_SECURITY_POLICY,
        'x-content-type-options': 'nosniff',
      },
    });
  });
  prepared = own;
  return own;
}

/**
 * Shows a document in a hidden window that can neither run scripts nor load
 * anything, for as long as `work` takes. One after the other: each window is a
 * process with the whole document laid out in it.
 */
export function withDocumentWindow<T>(html: string, work: (window: BrowserWindow) => Promise<T>): Promise<T> {
  const turn = last.then(() => inWindow(html, work));
  last = turn.catch(() => undefined);
  return turn;
}

async function inWindow<T>(html: string, work: (window: BrowserWindow) => Promise<T>): Promise<T> {
  const url = `${ORIGIN}/${randomUUID()}`;
  pages.set(url, html);
  const window = new BrowserWindow({
    show: false,
    width: 900,
    height: 1200,
    webPreferences: {
      session: documentSession(),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      javascript: false,
      // Nobody looks at it, so it must not be drawn on and on.
      backgroundThrottling: true,
      spellcheck: false,
    },
  });
  try {
    const gone = new Promise<never>((_, reject) => {
      window.webContents.once('render-process-gone', (_event, { reason }) =>
        reject(new Error(`The document could not be laid out (${reason})`)),
      );
    });
    gone.catch(() => undefined);
    // Loaded means that styles and pictures are there; documents use the system's fonts.
    await Promise.race([capped(window.loadURL(url)), gone]);
    return await Promise.race([work(window), gone]);
  } finally {
    pages.delete(url);
    if (!window.isDestroyed()) window.destroy();
  }
}

async function capped(loading: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  loading.catch(() => undefined);
  try {
    await Promise.race([
      loading,
      new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error('The document took too long to load')), LOAD_CAP_MS);
      }),
    ]);
  } finally {
    clearTimeout(timer);
  }
}
