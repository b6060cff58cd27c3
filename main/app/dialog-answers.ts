import { app } from 'electron';

const VARIABLES = { pick: 'QUAYSIDE_PICK_FILE', save: 'QUAYSIDE_SAVE_FILE' } as const;

/**
 * What a journey that cannot click a native dialog answers with; undefined when
 * the dialog is to be shown. A packaged app always shows it.
 */
export function presetAnswer(kind: keyof typeof VARIABLES): string | undefined {
  if (app.isPackaged) return undefined;
  return process.env[VARIABLES[kind]] || undefined;
}
