import { join } from 'node:path';
import { app, BrowserWindow, powerMonitor, safeStorage } from 'electron';
import { BRIDGE_CHANNELS, type WorkspaceChoice } from '#shared/contract/bridge.ts';
import { defaultKeyFile, VAULT_FILE } from '../secrets/keyfile-vault.ts';
import { createSafeVault } from '../secrets/safe-vault.ts';
import { SettingsFile } from '../settings/settings.ts';
import { serveBridge } from './bridge.ts';
import { driverAttached } from './driver.ts';
import { startChildHost } from './engine-host/child-host.ts';
import type { EngineHost } from './engine-host/engine-host.ts';
import { startUtilityHost } from './engine-host/utility-host.ts';
import { EngineSupervisor } from './engine-supervisor.ts';
import { enableSandbox, lockDown } from './lockdown.ts';
import { logLine, setUpLog } from './log.ts';
import { menuLabels } from './menu-labels.ts';
import { setMenu } from './menu.ts';
import { ENGINE_FILE, logDir, PINNED_NODE, RENDERER_DIR } from './paths.ts';
import { registerScheme, serveRenderer } from './protocol.ts';
import { keepUpdated } from './updates/keep-updated.ts';
import { applyTheme, openWindow } from './window.ts';
import { chooseWorkspace, resolveChoice, type ChosenWorkspace } from './workspace-choice.ts';

/** SQLite's binding speaks Node-API 10; an older runtime needs the project's own Node for the engine. */
const NEEDED_NAPI = 10;

registerScheme();
enableSandbox();
// Offered before anything else happens, so that the driver cannot come too early.
const driver = driverAttached();

if (app.requestSingleInstanceLock()) void run();
else app.quit();

function startHost(): EngineHost {
  const wanted = app.isPackaged ? '' : app.commandLine.getSwitchValue('engine-host');
  const env = { ...process.env, NODE_ENV: app.isPackaged ? 'production' : 'development' };
  const own = Number(process.versions['napi'] ?? 0) >= NEEDED_NAPI;
  if (wanted === 'utility' || (own && wanted !== 'child'))
    return startUtilityHost({ entry: ENGINE_FILE, env });
  return startChildHost({ entry: ENGINE_FILE, node: PINNED_NODE, env });
}

async function run(): Promise<void> {
  await app.whenReady();
  await driver;
  setUpLog(logDir());
  const settings = new SettingsFile(app.getPath('userData'));
  if (settings.quarantined) logLine('settings were damaged and moved aside', settings.quarantined);
  lockDown();
  serveRenderer(RENDERER_DIR);
  applyTheme(settings);

  let workspace: ChosenWorkspace = chooseWorkspace(settings);
  let window: BrowserWindow | null = null;
  let restoring: string | null = null;
  const supervisor = new EngineSupervisor({
    startHost,
    init: () => ({
      type: 'init',
      workspaceDir: workspace.dir,
      create: true,
      sample: workspace.sample,
      vault: 'host',
      logDir: logDir(),
      restore: restoring,
    }),
    vault: () =>
      createSafeVault({ vaultFile: join(workspace.dir, VAULT_FILE), keyFile: defaultKeyFile(), safeStorage }),
    onState: (state) => window?.webContents.send(BRIDGE_CHANNELS.engineState, state),
    log: logLine,
  });
  app.on('browser-window-created', (_event, created) => {
    created.webContents.on('did-finish-load', () =>
      created.webContents.send(BRIDGE_CHANNELS.engineState, supervisor.state),
    );
  });

  let menuLanguage: string | null = null;
  const showMenu = (): void => {
    const { locale } = settings.settings;
    if (menuLanguage === locale) return;
    menuLanguage = locale;
    setMenu(() => window, menuLabels(locale, app.getLocale()));
  };
  const openWorkspace = async (choice: WorkspaceChoice): Promise<void> => {
    await supervisor.stop();
    workspace = resolveChoice(choice);
    settings.workspace = { kind: choice.kind, dir: choice.kind === 'dir' ? choice.dir : null };
    await supervisor.restart();
    window?.webContents.reload();
  };
  serveBridge({
    supervisor,
    settings,
    workspace: () => workspace,
    openWorkspace,
    restore: async (file) => {
      restoring = file;
      const outcome = await supervisor.restart();
      restoring = null;
      if (outcome.state === 'failed') {
        // The backup was refused and nothing was touched: what was open before opens again.
        await supervisor.restart();
        throw new Error(`${outcome.code}: ${outcome.message}`);
      }
      window?.webContents.reload();
    },
    applySettings: () => {
      applyTheme(settings);
      window?.webContents.setZoomFactor(settings.settings.zoom);
      showMenu();
    },
  });

  showMenu();
  supervisor.start();
  window = openWindow(settings);
  window.on('closed', () => {
    window = null;
  });
  app.on('second-instance', () => {
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  app.on('activate', () => {
    window ??= openWindow(settings);
  });
  app.on('window-all-closed', () => app.quit());
  powerMonitor.on('suspend', () => supervisor.power('suspend'));
  powerMonitor.on('resume', () => supervisor.power('resume'));
  const stop = quitInOrder(supervisor);
  keepUpdated({
    wish: () => settings.settings.updates,
    sample: () => workspace.sample,
    activity: () => supervisor.activity(),
    window: () => window,
    locale: () => (settings.settings.locale === 'system' ? app.getLocale() : settings.settings.locale),
    stop,
    log: logLine,
  });
}

/** Quit, update and shutdown of the computer all wait for the engine to finish what it is writing. */
function quitInOrder(supervisor: EngineSupervisor): () => Promise<void> {
  let stopped = false;
  const stop = (): Promise<void> =>
    supervisor.stop().finally(() => {
      stopped = true;
    });
  app.on('before-quit', (event) => {
    if (stopped) return;
    event.preventDefault();
    void stop().finally(() => app.quit());
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.quit());
  return stop;
}
