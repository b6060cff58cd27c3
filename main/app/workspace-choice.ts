import { join } from 'node:path';
import { app } from 'electron';
import type { WorkspaceChoice } from '#shared/contract/bridge.ts';
import type { SettingsFile } from '../settings/settings.ts';
import { workspacesDir } from './paths.ts';

export interface ChosenWorkspace {
  readonly dir: string;
  readonly sample: boolean;
}

/**
 * Which folder the engine opens: named on the command line, else what was open
 * last, else the sample store (`--sample`, as `npm start` passes) or the own
 * empty workspace, where the first screen offers what to do.
 */
export function chooseWorkspace(settings: SettingsFile): ChosenWorkspace {
  const named = app.commandLine.getSwitchValue('workspace');
  if (named) return { dir: named, sample: false };
  const last = settings.workspace;
  if (last)
    return resolveChoice(last.kind === 'dir' ? { kind: 'dir', dir: last.dir ?? '' } : { kind: last.kind });
  return resolveChoice({ kind: app.commandLine.hasSwitch('sample') ? 'sample' : 'default' });
}

export function resolveChoice(choice: WorkspaceChoice): ChosenWorkspace {
  switch (choice.kind) {
    case 'sample':
      return { dir: join(workspacesDir(), 'sample'), sample: true };
    case 'default':
      return { dir: join(workspacesDir(), 'default'), sample: false };
    case 'dir':
      return { dir: choice.dir, sample: false };
  }
}
