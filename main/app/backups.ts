import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { AppInfo } from '#shared/contract/bridge.ts';

/** Backups lie here inside the workspace; the engine writes them, this side only lists them when no engine runs. */
export const BACKUP_FOLDER = 'backups';

/** The backups of a workspace, newest first; an unreadable folder has none. */
export function listBackupFiles(workspaceDir: string): AppInfo['backups'] {
  const folder = join(workspaceDir, BACKUP_FOLDER);
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.db'))
      .map((name) => {
        const file = join(folder, name);
        const { mtimeMs, size } = statSync(file);
        return { file, at: Math.round(mtimeMs), bytes: size };
      })
      .sort((a, b) => b.at - a.at)
      .slice(0, 100);
  } catch {
    return [];
  }
}
