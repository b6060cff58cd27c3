import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { BrowserWindow, dialog } from 'electron';
import type { PrintDocument } from '#shared/contract/bridge.ts';
import { withDocumentWindow } from './document-window.ts';

/** Opens the printer dialog; false when it was closed. */
export function printDocument(document: PrintDocument): Promise<boolean> {
  return withDocumentWindow(
    document.html,
    (window) =>
      new Promise<boolean>((resolve) => {
        window.webContents.print({ printBackground: true }, (success) => resolve(success));
      }),
  );
}

/** Writes the document as PDF to where the person says; null when the dialog was closed. */
export async function savePdf(parent: BrowserWindow | null, document: PrintDocument): Promise<string | null> {
  // Asked first: no hidden window waits for a person, and nothing is laid out for nobody.
  const file = await whereTo(parent, `${fileName(document.title)}.pdf`);
  if (file === null) return null;
  const pdf = await withDocumentWindow(document.html, (window) =>
    window.webContents.printToPDF({ printBackground: true, pageSize: 'A4', preferCSSPageSize: true }),
  );
  await writeWhole(file, pdf);
  return file;
}

async function whereTo(parent: BrowserWindow | null, name: string): Promise<string | null> {
  // For journeys that cannot answer a native dialog.
  const folder = process.env['QUAYSIDE_PRINT_DIR'];
  if (folder) return join(folder, name);
  const options = { defaultPath: name, filters: [{ name: 'PDF', extensions: ['pdf'] }] };
  const answer = parent ? await dialog.showSaveDialog(parent, options) : await dialog.showSaveDialog(options);
  return answer.canceled ? null : answer.filePath || null;
}

/** A full disk or a power cut leaves the former file, never half of the new one. */
async function writeWhole(file: string, content: Uint8Array): Promise<void> {
  const part = `${file}.part`;
  await mkdir(dirname(file), { recursive: true });
  try {
    await writeFile(part, content);
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

function fileName(title: string): string {
  return title.replace(/[^\p{L}\p{N} _-]+/gu, '-').slice(0, 80) || 'document';
}
