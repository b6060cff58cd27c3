import { BrowserWindow, nativeTheme, screen } from 'electron';
import type { SettingsFile } from '../settings/settings.ts';
import { APP_ORIGIN } from './lockdown.ts';
import { PRELOAD_FILE } from './paths.ts';

export function applyTheme(settings: SettingsFile): void {
  const { theme } = settings.settings;
  nativeTheme.themeSource = theme === 'light' || theme === 'dark' ? theme : 'system';
}

export function openWindow(settings: SettingsFile): BrowserWindow {
  const bounds = visibleBounds(settings);
  const window = new BrowserWindow({
    width: bounds?.width ?? 1280,
    height: bounds?.height ?? 800,
    ...(bounds ? { x: bounds.x, y: bounds.y } : {}),
    minWidth: 900,
    minHeight: 560,
    show: false,
    title: 'Quayside',
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#16181d' : '#ffffff',
    webPreferences: {
      preload: PRELOAD_FILE,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
      zoomFactor: settings.settings.zoom,
    },
  });
  if (bounds?.maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  const remember = (): void => {
    const maximized = window.isMaximized();
    settings.window = { ...window.getNormalBounds(), maximized };
  };
  window.on('close', remember);
  void window.loadURL(`${APP_ORIGIN}/`);
  return window;
}

/** The bounds of last time, unless that screen is gone. */
function visibleBounds(settings: SettingsFile): SettingsFile['window'] {
  const bounds = settings.window;
  if (!bounds) return null;
  const area = screen.getDisplayMatching(bounds).workArea;
  const overlaps =
    bounds.x < area.x + area.width &&
    bounds.x + bounds.width > area.x &&
    bounds.y < area.y + area.height &&
    bounds.y + bounds.height > area.y;
  return overlaps ? bounds : null;
}
