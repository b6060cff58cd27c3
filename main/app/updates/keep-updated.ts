import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { app, dialog, type BrowserWindow } from 'electron';
import { updateWords } from './update-words.ts';
import { decideUpdate, LATER_MS, type UpdateWish } from './decide-update.ts';

export interface UpdateParts {
  readonly wish: () => UpdateWish;
  readonly sample: () => boolean;
  readonly activity: () => Promise<{ inFlight: number; jobs: number } | null>;
  readonly window: () => BrowserWindow | null;
  readonly locale: () => string;
  /** Closes the engine in order; the program may end afterwards. */
  readonly stop: () => Promise<void>;
  readonly log: (message: string, data?: unknown) => void;
}

/** How often it is looked whether the time has come. */
const TICK_MS = 60_000;

/** A program that was packed without an address for updates has no such file. */
const updatable = (): boolean => app.isPackaged && existsSync(join(process.resourcesPath, 'app-update.yml'));

/**
 * Fetches new versions in the background and asks before one is installed.
 * Which computers get one first is decided by `stagingPercentage` in the
 * published file; signature and hash are checked before anything is kept.
 */
export function keepUpdated(parts: UpdateParts): void {
  if (!updatable()) return;
  let lookedAtMs: number | null = null;
  let fetched: string | null = null;
  let laterUntilMs: number | null = null;
  let busy = false;

  const look = async (): Promise<void> => {
    lookedAtMs = Date.now();
    const { autoUpdater } = await import('electron-updater');
    autoUpdater.autoDownload = true;
    // On quitting nothing is installed behind anybody's back.
    autoUpdater.autoInstallOnAppQuit = false;
    autoUpdater.allowDowngrade = false;
    const found = await autoUpdater.checkForUpdates();
    if (!found?.downloadPromise) return;
    await found.downloadPromise;
    fetched = found.updateInfo.version;
    parts.log('an update was fetched', { version: fetched });
  };

  const ask = async (version: string): Promise<void> => {
    const words = updateWords(parts.locale(), version);
    const options = {
      type: 'question' as const,
      message: words.question,
      detail: words.detail,
      buttons: [words.now, words.later],
      defaultId: 0,
      cancelId: 1,
    };
    const window = parts.window();
    const { response } = await (window
      ? dialog.showMessageBox(window, options)
      : dialog.showMessageBox(options));
    // The answer may have taken hours: what is on its way by then is waited for.
    const still = response === 0 ? decideUpdate({ ...(await situation()), laterUntilMs: null }) : null;
    if (still?.step !== 'ask') {
      if (response !== 0) laterUntilMs = Date.now() + LATER_MS;
      return;
    }
    await parts.stop();
    const { autoUpdater } = await import('electron-updater');
    autoUpdater.quitAndInstall();
  };

  const situation = async () => ({
    updatable: true,
    wish: parts.wish(),
    sample: parts.sample(),
    nowMs: Date.now(),
    lookedAtMs,
    fetched,
    laterUntilMs,
    engine: await parts.activity(),
  });

  const tick = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    try {
      const decision = decideUpdate(await situation());
      if (decision.step === 'look') await look();
      else if (decision.step === 'ask') await ask(decision.version);
    } catch (error) {
      // No network is no reason to disturb anybody; the next look comes.
      parts.log('no update could be fetched', error instanceof Error ? error.message : String(error));
    } finally {
      busy = false;
    }
  };

  setInterval(() => void tick(), TICK_MS);
  void tick();
}
