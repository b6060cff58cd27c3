import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { CodedError } from '#shared/errors/coded-error.ts';
import { Database } from '../../db/database.ts';
import { schemaVersion } from '../../db/migrate.ts';
import { APP_VERSION } from '../../version.ts';
import {
  archivedTables,
  BUYERS_FILE,
  FORMAT,
  FORMAT_VERSION,
  lineHash,
  MANIFEST_FILE,
  tableFile,
  type Manifest,
} from './archive-format.ts';

const CHUNK = 1_000_000;

/**
 * Writes the workspace into a new folder, all of it from one moment. Keys of
 * shops never leave; buyers only with `buyers`, and then readable by anybody.
 * The folder gets its name when it is whole.
 */
export function exportWorkspace(
  db: Database,
  folder: string,
  options: { buyers: boolean; nowMs: number },
): Manifest {
  if (existsSync(folder))
    throw new CodedError('FILE_FORMAT', `${folder} exists already; name a new folder`, { file: folder });
  const partial = `${folder}.partial`;
  rmSync(partial, { recursive: true, force: true });
  // A connection of its own: everything is of the moment at which it starts to read.
  const reader = new Database(db.file, { readonly: true, mustExist: true, sealing: db.sealing });
  try {
    mkdirSync(join(partial, 'tables'), { recursive: true });
    reader.exec('BEGIN');
    const tables = archivedTables(reader).map(({ name, columns }) => {
      const list = columns.map((column) => `"${column}"`).join(', ');
      const lines = reader.inTurn<string>(`SELECT json_array(${list}) FROM "${name}"`);
      return { name, columns: [...columns], ...writeLines(tableFile(partial, name), lines) };
    });
    const manifest: Manifest = {
      format: FORMAT,
      version: FORMAT_VERSION,
      schema: schemaVersion(reader),
      exportedAt: new Date(options.nowMs).toISOString(),
      program: APP_VERSION,
      tables,
      buyers: options.buyers ? writeBuyers(reader, join(partial, BUYERS_FILE)) : null,
    };
    writeLines(join(partial, MANIFEST_FILE), [JSON.stringify(manifest, null, 2)]);
    renameSync(partial, folder);
    return manifest;
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    throw error;
  } finally {
    reader.close();
  }
}

function writeBuyers(db: Database, file: string): { orders: number; sha256: string } {
  const readable = 'person_open(o.id, p.sealed)';
  const { rows, sha256 } = writeLines(
    file,
    db.inTurn<string>(
      `SELECT json_array(o.id, ${readable}, person_open(o.id, p.sealed_raw))
       FROM order_person p JOIN sales_order o ON o.rid = p.order_rid
       WHERE p.sealed IS NOT NULL AND ${readable} IS NOT NULL ORDER BY o.rid`,
    ),
  );
  return { orders: rows, sha256 };
}

function writeLines(file: string, lines: Iterable<string>): { rows: number; sha256: string } {
  const hash = lineHash();
  const handle = openSync(file, 'wx', 0o600);
  let rows = 0;
  let waiting = '';
  try {
    for (const line of lines) {
      const text = `${line}\n`;
      hash.add(text);
      waiting += text;
      rows += 1;
      if (waiting.length < CHUNK) continue;
      writeSync(handle, waiting);
      waiting = '';
    }
    writeSync(handle, waiting);
  } finally {
    closeSync(handle);
  }
  return { rows, sha256: hash.hex() };
}
