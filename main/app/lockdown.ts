import { app, session, type WebContents } from 'electron';

/** Only pages of our own scheme may load, in our own windows, with no rights beyond showing themselves. */
export const APP_SCHEME = 'app';
export const APP_ORIGIN = `${APP_SCHEME}://quayside`;

export function isOwnUrl(url: string): boolean {
  try {
    const parsed = new URL(url);
    return parsed.protocol === `${APP_SCHEME}:` && parsed.hostname === 'quayside';
  } catch {
    return false;
  }
}

/** Before `ready`: with --no-sandbox (root) enabling the sandbox hangs the launch. */
export function enableSandbox(): void {
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
}

/** After `ready`: no permission is ever granted, no contents leave our scheme. */
export function lockDown(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, callback) => callback(false));
  session.defaultSession.setPermissionCheckHandler((contents, permission) =>
    isClipboard(contents, permission),
  );
  session.defaultSession.setDevicePermissionHandler(() => false);
  app.on('web-contents-created', (_event, contents) => lockContents(contents));
}

/** Pasting a range reads the clipboard by its event; writing needs this one permission, for our own page only. */
function isClipboard(contents: WebContents | null, permission: string): boolean {
  return permission === 'clipboard-sanitized-write' && contents !== null && isOwnUrl(contents.getURL());
}

function lockContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event, url) => {
    if (!isOwnUrl(url)) event.preventDefault();
  });
  contents.on('will-redirect', (event, url) => {
    if (!isOwnUrl(url)) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
}
