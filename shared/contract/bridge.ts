import { z } from 'zod';

/**
 * The one object that a window gets from the desktop: `window.quayside`.
 * Everything about data goes over the engine's MessagePort instead, which
 * arrives as a window message {@link PORT_MESSAGE} after `connect()`.
 */
export const PORT_MESSAGE = 'quayside:port';

export const THEMES = ['system', 'light', 'dark', 'contrast'] as const;
export const DENSITIES = ['compact', 'normal', 'comfortable'] as const;
export const LOCALES = ['en', 'de'] as const;

/** What a person set; kept by the desktop, never in the workspace. */
export const settingsSchema = z.object({
  theme: z.enum(THEMES),
  density: z.enum(DENSITIES),
  locale: z.enum(['system', ...LOCALES]),
  zoom: z.number().min(0.5).max(3),
  sound: z.boolean(),
  /** Fetch new versions and ask, or leave them alone. */
  updates: z.enum(['ask', 'off']),
  /** Free state of screens (columns, widths, saved views) by key; small JSON texts. */
  screens: z.record(z.string().max(100), z.string().max(20_000)),
});
export type Settings = z.infer<typeof settingsSchema>;

export const settingsPatchSchema = settingsSchema.partial();
export type SettingsPatch = z.infer<typeof settingsPatchSchema>;

export const appInfoSchema = z.object({
  version: z.string(),
  platform: z.string(),
  electron: z.string(),
  systemLocale: z.string(),
  /** True on the runtime that is meant for development and tests only. */
  developmentRuntime: z.boolean(),
  workspaceDir: z.string(),
  sample: z.boolean(),
  /** Backups in the workspace's folder, newest first; also told while no engine runs. */
  backups: z.array(z.object({ file: z.string(), at: z.number(), bytes: z.number() })),
});
export type AppInfo = z.infer<typeof appInfoSchema>;

export const engineStateSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('starting') }),
  z.object({ state: z.literal('ready') }),
  z.object({ state: z.literal('restarting') }),
  /** It will not come up by itself: the recovery screen is shown. */
  z.object({ state: z.literal('failed'), code: z.string(), message: z.string() }),
]);
export type EngineState = z.infer<typeof engineStateSchema>;

export const pickFileSchema = z.object({ kind: z.enum(['csv', 'table', 'backup', 'folder', 'count']) });
export const saveFileSchema = z.object({
  kind: z.enum(['csv', 'table', 'backup', 'count']),
  name: z.string().min(1).max(200),
});
export const documentSchema = z.object({ title: z.string().max(200), html: z.string().max(20_000_000) });
export type PrintDocument = z.infer<typeof documentSchema>;
export const openWorkspaceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sample') }),
  z.object({ kind: z.literal('default') }),
  z.object({ kind: z.literal('dir'), dir: z.string().min(1).max(4_096) }),
]);
export type WorkspaceChoice = z.infer<typeof openWorkspaceSchema>;
export const restoreSchema = z.object({ file: z.string().min(1).max(4_096) });

/** A dozen functions; what reaches the desktop is parsed there. */
export interface QuaysideBridge {
  /** Asks for a fresh port to the engine; it comes as a window message with the port attached. Starts an engine that gave up. */
  connect(): Promise<void>;
  /** Calls back now and at every change; returns what ends it. */
  onEngineState(listener: (state: EngineState) => void): () => void;
  appInfo(): Promise<AppInfo>;
  getSettings(): Promise<Settings>;
  setSettings(patch: SettingsPatch): Promise<Settings>;
  /** Path of the chosen file or folder, null when the dialog was closed. */
  pickFile(kind: 'csv' | 'table' | 'backup' | 'folder' | 'count'): Promise<string | null>;
  saveFile(kind: 'csv' | 'table' | 'backup' | 'count', name: string): Promise<string | null>;
  /** Path of a file that was dropped on the window; null for what is not a file on a disk. */
  droppedFile(file: { readonly name: string; readonly size: number }): string | null;
  /** `print` opens the printer dialog; `pdf` asks where and gives the path. */
  output(kind: 'print' | 'pdf', document: PrintDocument): Promise<string | null>;
  openWorkspace(choice: WorkspaceChoice): Promise<void>;
  /** Restores a backup into the open workspace and starts the engine again. */
  restore(file: string): Promise<void>;
  /** Opens an https address in the browser, or the log folder. */
  openOutside(target: string): Promise<void>;
}

export const BRIDGE_CHANNELS = {
  connect: 'quayside:connect',
  appInfo: 'quayside:app-info',
  getSettings: 'quayside:get-settings',
  setSettings: 'quayside:set-settings',
  pickFile: 'quayside:pick-file',
  saveFile: 'quayside:save-file',
  output: 'quayside:output',
  openWorkspace: 'quayside:open-workspace',
  restore: 'quayside:restore',
  openOutside: 'quayside:open-outside',
  engineState: 'quayside:engine-state',
  port: 'quayside:port',
} as const;
