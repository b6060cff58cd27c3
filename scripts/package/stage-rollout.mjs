// node scripts/package/stage-rollout.mjs PERCENT [FOLDER]: says in the files that
// updaters read (latest*.yml) how many computers in a hundred get this version.
// Each computer draws its lot once and keeps it, so a higher number only adds some.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from '../paths.mjs';
import { isMain } from '../process.mjs';

/** The text of a `latest.yml` with this percentage instead of the one it had. */
export function withStaging(text, percent) {
  if (!Number.isInteger(percent) || percent < 0 || percent > 100)
    throw new Error(`${percent} is no whole number from 0 to 100`);
  if (!/^version: /m.test(text)) throw new Error('this is no file that updaters read');
  const kept = text.split('\n').filter((line) => line !== '' && !line.startsWith('stagingPercentage:'));
  return [...kept, `stagingPercentage: ${percent}`, ''].join('\n');
}

function main([percent, folder = inRoot('dist')]) {
  const files = readdirSync(folder).filter((name) => /^latest.*\.yml$/.test(name));
  if (files.length === 0)
    throw new Error(`${folder} holds no latest*.yml; package with QUAYSIDE_UPDATE_URL first`);
  for (const name of files) {
    const file = join(folder, name);
    writeFileSync(file, withStaging(readFileSync(file, 'utf8'), Number(percent)));
    console.log(`${name}: ${percent} %`);
  }
}

if (isMain(import.meta.url)) {
  try {
    main(process.argv.slice(2));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
