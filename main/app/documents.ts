import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BrowserWindow, dialog } from 'electron';
import type { PrintDocument } from '#shared/contract/bridge.ts';

const NO_SCRIPTS = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">`;

/** Renders a document in a hidden window that can neither run scripts nor load anything. */
async function withDocument<T>(
  document: PrintDocument,
  work: (window: BrowserWindow) => Promise<T>,
): Promise<T> {
  const window = new BrowserWindow({
    show: false,
    width: 900,
    height: 1200,
    webPreferences: {
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      javascript: false,
      partition: 'documents',
    },
  });
  try {
    const html = document.html.replace(/<head>/i, `<head>${NO_SCRIPTS}`);
    await window.loadURL(
      `data:text/html;charset=utf-8;base64,${Buffer.from(html, 'utf8').toString('base64')}`,
    );
    return await work(window);
  } finally {
    window.destroy();
  }
}

/** Opens the printer dialog; false when it was closed. */
export function printDocument(document: PrintDocument): Promise<boolean> {
  return withDocument(
    document,
    (window) =>
      new Promise<boolean>((resolve) => {
        window.webContents.print({ printBackground: true }, (success) => resolve(success));
      }),
  );
}

/** Writes the document as PDF to where the person says; null when the dialog was closed. */
export async function savePdf(parent: BrowserWindow | null, document: PrintDocument): Promise<string | null> {
  const pdf = await withDocument(document, (window) =>
    window.webContents.printToPDF({ printBackground: true, pageSize: 'A4', preferCSSPageSize: true }),
  );
  const name = `${document.title.replace(/[^\p{L}\p{N} _-]+/gu, '-').slice(0, 80) || 'document'}.pdf`;
  // For journeys that cannot answer a native dialog.
  const folder = process.env['QUAYSIDE_PRINT_DIR'];
  let file: string | undefined;
  if (folder) {
    mkdirSync(folder, { recursive: true });
    file = join(folder, name);
  } else {
    const options = { defaultPath: name, filters: [{ name: 'PDF', extensions: ['pdf'] }] };
    const answer = parent
      ? await dialog.showSaveDialog(parent, options)
      : await dialog.showSaveDialog(options);
    file = answer.canceled ? undefined : answer.filePath;
  }
  if (!file) return null;
  writeFileSync(file, pdf);
  return file;
}
