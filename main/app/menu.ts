import { app, Menu, type BrowserWindow, type MenuItemConstructorOptions } from 'electron';

/** Native menus. Undo and redo go to the page, which knows whether a text or the journal is meant. */
export function setMenu(window: () => BrowserWindow | null): void {
  const press = (keyCode: string, modifiers: ('control' | 'meta' | 'shift')[]) => (): void => {
    const contents = window()?.webContents;
    contents?.sendInputEvent({ type: 'keyDown', keyCode, modifiers });
    contents?.sendInputEvent({ type: 'keyUp', keyCode, modifiers });
  };
  const command = process.platform === 'darwin' ? 'meta' : 'control';
  const shown = (label: string, accelerator: string, click: () => void): MenuItemConstructorOptions => ({
    label,
    accelerator,
    // The page hears the key itself; the menu only shows it and offers the mouse.
    registerAccelerator: false,
    click,
  });
  const template: MenuItemConstructorOptions[] = [
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' as const }] : []),
    { label: 'File', submenu: [process.platform === 'darwin' ? { role: 'close' } : { role: 'quit' }] },
    {
      label: 'Edit',
      submenu: [
        shown('Undo', 'CmdOrCtrl+Z', press('Z', [command])),
        shown('Redo', 'CmdOrCtrl+Y', press('Y', [command])),
        { type: 'separator' },
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll', registerAccelerator: false },
      ],
    },
    {
      label: 'View',
      submenu: [
        shown('Command palette', 'CmdOrCtrl+K', press('K', [command])),
        { type: 'separator' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'resetZoom' },
        { role: 'togglefullscreen' },
        ...(app.isPackaged ? [] : [{ type: 'separator' as const }, { role: 'toggleDevTools' as const }]),
      ],
    },
    { role: 'windowMenu' },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
