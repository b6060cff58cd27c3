import { existsSync } from 'node:fs';
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  MessageChannelMain,
  shell,
  type IpcMainInvokeEvent,
} from 'electron';
import { z } from 'zod';
import {
  BRIDGE_CHANNELS,
  documentSchema,
  openWorkspaceSchema,
  pickFileSchema,
  restoreSchema,
  saveFileSchema,
  settingsPatchSchema,
  type AppInfo,
  type WorkspaceChoice,
} from '#shared/contract/bridge.ts';
import type { SettingsFile } from '../settings/settings.ts';
import { presetAnswer } from './dialog-answers.ts';
import { printDocument, savePdf } from './documents.ts';
import type { EngineSupervisor } from './engine-supervisor.ts';
import { listBackupFiles } from './backups.ts';
import { isOwnUrl } from './lockdown.ts';
import { logDir } from './paths.ts';
import type { ChosenWorkspace } from './workspace-choice.ts';

export interface BridgeParts {
  readonly supervisor: EngineSupervisor;
  readonly settings: SettingsFile;
  readonly workspace: () => ChosenWorkspace;
  readonly openWorkspace: (choice: WorkspaceChoice) => Promise<void>;
  readonly restore: (file: string) => Promise<void>;
  readonly applySettings: () => void;
}

/** Only the main frame of one of our own windows is answered. */
export function isTrusted(event: Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>): boolean {
  const frame = event.senderFrame;
  return (
    frame !== null &&
    frame === event.sender.mainFrame &&
    isOwnUrl(frame.url) &&
    BrowserWindow.fromWebContents(event.sender) !== null
  );
}

function handle<I>(
  channel: string,
  schema: z.ZodType<I>,
  work: (input: I, event: IpcMainInvokeEvent) => unknown,
): void {
  ipcMain.handle(channel, async (event, raw: unknown) => {
    if (!isTrusted(event)) throw new Error(`${channel}: not allowed`);
    return await work(schema.parse(raw), event);
  });
}

const nothing = z.undefined();

/** Answers the window's bridge; every argument is parsed before it is looked at. */
export function serveBridge(parts: BridgeParts): void {
  const { supervisor, settings } = parts;

  handle(BRIDGE_CHANNELS.connect, nothing, async (_input, event) => {
    // Asked for an engine that gave up: a person wants another try. The window asks again when it is ready.
    if (supervisor.state.state === 'failed') return supervisor.restart();
    const { port1, port2 } = new MessageChannelMain();
    event.sender.postMessage(BRIDGE_CHANNELS.port, null, [port1]);
    supervisor.attach(event.sender.id, port2);
  });

  handle(BRIDGE_CHANNELS.appInfo, nothing, (): AppInfo => ({
    version: app.getVersion(),
    platform: process.platform,
    electron: process.versions.electron,
    systemLocale: app.getLocale(),
    developmentRuntime: Number(process.versions.electron.split('.')[0]) < 40,
    workspaceDir: parts.workspace().dir,
    sample: parts.workspace().sample,
    backups: listBackupFiles(parts.workspace().dir),
  }));

  handle(BRIDGE_CHANNELS.getSettings, nothing, () => settings.settings);
  handle(BRIDGE_CHANNELS.setSettings, settingsPatchSchema, (patch) => {
    const next = settings.update(patch);
    parts.applySettings();
    return next;
  });

  handle(BRIDGE_CHANNELS.pickFile, pickFileSchema, async ({ kind }, event) => {
    const preset = presetAnswer('pick');
    if (preset !== undefined) return preset;
    const window = BrowserWindow.fromWebContents(event.sender);
    const options = {
      properties: [kind === 'folder' ? ('openDirectory' as const) : ('openFile' as const)],
      filters: kind === 'folder' ? [] : [FILTERS[kind], { name: '*', extensions: ['*'] }],
    };
    const answer = window
      ? await dialog.showOpenDialog(window, options)
      : await dialog.showOpenDialog(options);
    return answer.canceled ? null : (answer.filePaths[0] ?? null);
  });

  handle(BRIDGE_CHANNELS.saveFile, saveFileSchema, async ({ kind, name }, event) => {
    const preset = presetAnswer('save');
    if (preset !== undefined) return preset;
    const window = BrowserWindow.fromWebContents(event.sender);
    // A table is of the kind that its name says, and the dialog must not give it another ending.
    const ending = /\.(\w{1,8})$/.exec(name)?.[1];
    const filter =
      kind === 'table' && ending ? { name: ending.toUpperCase(), extensions: [ending] } : FILTERS[kind];
    const options = { defaultPath: name, filters: [filter] };
    const answer = window
      ? await dialog.showSaveDialog(window, options)
      : await dialog.showSaveDialog(options);
    return answer.canceled ? null : (answer.filePath ?? null);
  });

  handle(
    BRIDGE_CHANNELS.output,
    z.object({ kind: z.enum(['print', 'pdf']), document: documentSchema }),
    async ({ kind, document }, event) => {
      if (kind === 'pdf') return savePdf(BrowserWindow.fromWebContents(event.sender), document);
      return (await printDocument(document)) ? 'printed' : null;
    },
  );

  handle(BRIDGE_CHANNELS.openWorkspace, openWorkspaceSchema, (choice) => parts.openWorkspace(choice));
  handle(BRIDGE_CHANNELS.restore, restoreSchema, ({ file }) => {
    if (!existsSync(file)) throw new Error(`There is no file ${file}`);
    return parts.restore(file);
  });

  handle(BRIDGE_CHANNELS.openOutside, z.object({ target: z.string().max(2_000) }), async ({ target }) => {
    if (target === 'logs') {
      await shell.openPath(logDir());
      return;
    }
    const url = new URL(target);
    if (url.protocol !== 'https:') throw new Error('Only https addresses are opened');
    await shell.openExternal(url.href);
  });
}

const FILTERS = {
  csv: { name: 'CSV', extensions: ['csv', 'tsv', 'txt'] },
  table: { name: 'CSV, Excel, JSON', extensions: ['csv', 'tsv', 'txt', 'xlsx', 'json', 'jsonl'] },
  backup: { name: 'Quayside backup', extensions: ['db'] },
  count: { name: 'Count', extensions: ['json'] },
};
