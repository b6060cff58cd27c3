import { basename } from 'node:path';
import type { MethodName } from '#shared/contract/methods.ts';
import type { Engine } from '../../engine.ts';
import { runExport } from '../../jobs/export/export-file.ts';
import {
  applyImport,
  previewImport,
  saveSkippedRows,
  type ImportDeps,
} from '../../jobs/import/import-file.ts';
import type { Handlers } from '../handler.ts';

const depsOf = ({ db, journal, ports }: Engine): ImportDeps => ({
  db,
  journal,
  clock: ports.clock,
  log: ports.log,
  newId: () => ports.newId(),
});

export const fileHandlers: Handlers<Extract<MethodName, `import.${string}` | `export.${string}`>> = {
  'import.preview': (engine, input, call) =>
    engine.jobs.run('import', `Preview ${basename(input.file)}`, call.signal, (job) =>
      previewImport(depsOf(engine), input, { signal: job.signal, onProgress: job.progress }),
    ),
  'import.apply': (engine, input, call) =>
    engine.jobs.run('import', basename(input.file), call.signal, (job) =>
      applyImport(depsOf(engine), input, {
        signal: job.signal,
        onProgress: job.progress,
        actor: call.actor,
        requestId: call.requestId,
      }),
    ),
  'import.saveSkipped': (engine, input, call) =>
    engine.jobs.run('export', basename(input.to), call.signal, (job) =>
      saveSkippedRows(depsOf(engine), input, { signal: job.signal, onProgress: job.progress }),
    ),
  'export.run': (engine, { viewId, ...input }, call) =>
    engine.jobs.run('export', basename(input.file), call.signal, (job) =>
      runExport(
        depsOf(engine),
        { ...input, ...(viewId ? { rids: Array.from(engine.views.slice(viewId, undefined)) } : {}) },
        { signal: job.signal, onProgress: job.progress },
      ),
    ),
};
