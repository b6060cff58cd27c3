import { CodedError } from '#shared/errors/coded-error.ts';

/** SQLite's binding speaks this version of Node-API; an older runtime may crash on loading it instead of saying so. */
const NEEDED_NAPI = 10;

/** Throws SQLITE_BINDING where the binding cannot be loaded. `napi` is a runtime's `process.versions.napi`. */
export function assertBinding(napi: string | undefined = process.versions['napi']): void {
  const found = Number(napi ?? 0);
  if (found >= NEEDED_NAPI) return;
  throw new CodedError(
    'SQLITE_BINDING',
    `The SQLite binding needs Node-API ${NEEDED_NAPI}, this runtime has ${found}; use Electron 35 or Node 22.14 or newer`,
    { needed: NEEDED_NAPI, found },
  );
}
