import { Database } from '../../db/database.ts';
import { type Manifest } from './archive-format.ts';
/**
 * Writes the workspace into a new folder, all of it from one moment. Keys of
 * shops never leave; buyers only with `buyers`, and then readable by anybody.
 * The folder gets its name when it is whole.
 */
export declare function exportWorkspace(
  db: Database,
  folder: string,
  options: {
    buyers: boolean;
    nowMs: number;
  },
): Manifest;
