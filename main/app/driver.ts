import { app } from 'electron';

/**
 * A test driver must be attached before the first window exists: one that
 * comes while a page is being born can wait for it for ever. With
 * `--wait-for-driver` start-up stops here until the driver calls the function
 * that its protocol names. Packaged apps never wait.
 */
export function driverAttached(): Promise<void> {
  if (app.isPackaged || !app.commandLine.hasSwitch('wait-for-driver')) return Promise.resolve();
  return new Promise((resolve) => {
    Object.defineProperty(globalThis, '__playwright_run', { value: () => resolve(), configurable: true });
  });
}
