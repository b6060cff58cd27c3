import { app, Menu, shell, type BrowserWindow, type MenuItemConstructorOptions } from 'electron';
import type { MenuLabels } from './menu-labels.ts';
import { logDir } from './paths.ts';

type Modifier = 'control' | 'meta' | 'shift' | 'alt';

/** The screens of the window's rail that Alt and a digit count: Alt+1 is the first, Alt+0 the tenth. */
const SCREENS = [
  'today',
  'listings',
  'inventory',
  'orders',
  'publish',
  'conflicts',
  'history',
  'import',
  'jobs',
  'channels',
] as const;

/**
 * Native menus that show every shortcut of the window. The page hears the keys
 * itself and knows whether a text or the journal is meant, so an entry only
 * presses its key.
 */
export function setMenu(window: () => BrowserWindow | null, labels: MenuLabels): void {
  const mac = process.platform === 'darwin';
  const command: Modifier = mac ? 'meta' : 'control';
  const press = (
    label: string,
    accelerator: string,
    keyCode: string,
    modifiers: Modifier[],
  ): MenuItemConstructorOptions => ({
    label,
    accelerator,
    registerAccelerator: false,
    click: () => {
      const contents = window()?.webContents;
      contents?.sendInputEvent({ type: 'keyDown', keyCode, modifiers });
      contents?.sendInputEvent({ type: 'keyUp', keyCode, modifiers });
    },
  });
  const line: MenuItemConstructorOptions = { type: 'separator' };
  const template: MenuItemConstructorOptions[] = [
    ...(mac ? [{ role: 'appMenu' as const }] : []),
    {
      label: labels.file,
      submenu: [
        press(labels.settings, 'CmdOrCtrl+,', ',', [command]),
        line,
        mac ? { role: 'close', label: labels.close } : { role: 'quit', label: labels.quit },
      ],
    },
    {
      label: labels.edit,
      submenu: [
        press(labels.undo, 'CmdOrCtrl+Z', 'Z', [command]),
        press(labels.redo, 'CmdOrCtrl+Y', 'Y', [command]),
        line,
        { role: 'cut', label: labels.cut },
        { role: 'copy', label: labels.copy },
        { role: 'paste', label: labels.paste },
        { role: 'selectAll', label: labels.selectAll, registerAccelerator: false },
      ],
    },
    {
      label: labels.view,
      submenu: [
        press(labels.palette, 'CmdOrCtrl+K', 'K', [command]),
        press(labels.read, 'F5', 'F5', []),
        line,
        press(labels.zoomIn, 'CmdOrCtrl+=', '=', [command]),
        press(labels.zoomOut, 'CmdOrCtrl+-', '-', [command]),
        press(labels.zoomReset, 'CmdOrCtrl+0', '0', [command]),
        { role: 'togglefullscreen', label: labels.fullscreen },
        ...(app.isPackaged ? [] : [line, { role: 'toggleDevTools' as const, label: labels.devTools }]),
      ],
    },
    {
      label: labels.go,
      submenu: [
        ...SCREENS.map((name, index) => {
          const digit = String((index + 1) % 10);
          return press(labels[name], `Alt+${digit}`, digit, ['alt']);
        }),
        press(labels.purchasing, 'Alt+Shift+B', 'B', ['alt', 'shift']),
        press(labels.drafts, 'Alt+Shift+E', 'E', ['alt', 'shift']),
        line,
        press(labels.back, 'Alt+Left', 'Left', ['alt']),
      ],
    },
    { role: 'windowMenu', label: labels.window },
    {
      role: 'help',
      label: labels.help,
      submenu: [
        press(labels.keys, 'F1', 'F1', []),
        { label: labels.logs, click: () => void shell.openPath(logDir()) },
      ],
    },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
