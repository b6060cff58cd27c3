import type { Logger, Vault } from '../../ports.ts';
import { type Manifest } from './archive-format.ts';
/** Reads what an export says about itself; throws FILE_UNREADABLE, FILE_FORMAT, WORKSPACE_NEWER. */
export declare function readManifest(folder: string): Manifest;
/**
 * Makes a workspace of an export in a new or empty folder. Every file has to
 * have the rows and the hash that the manifest names. Nothing is left in `dir`
 * when that fails. Shops come without their keys, so nothing leaves before a
 * person signs in again.
 */
export declare function importWorkspace(
  folder: string,
  dir: string,
  parts: {
    vault: Vault;
    log: Logger;
    nowMs: number;
  },
): Promise<Manifest>;
