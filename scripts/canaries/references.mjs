// Breaks every project reference on purpose: a file of one layer imports a layer
// that its tsconfig does not name, and the compiler must refuse it.
import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { inRoot, modulesDir } from '../paths.mjs';
import { capture } from '../process.mjs';

/** TS6307: the file is neither the project's own nor of a referenced one. */
const REFUSED = /error TS6307/;

/** @returns {Map<string, string[]>} layer -> the layers that its tsconfig references */
export function readLayers(read) {
  const paths = (config) => (config.references ?? []).map(({ path }) => path);
  const layers = paths(read('tsconfig.json'));
  return new Map(
    layers.map((layer) => [
      layer,
      paths(read(`${layer}/tsconfig.json`)).map((path) => join(layer, path).replace(/\/$/, '')),
    ]),
  );
}

/** Layers that `layer` may import: its references and theirs. */
export function reachable(layers, layer) {
  const seen = new Set([layer]);
  for (const next of seen) for (const path of layers.get(next) ?? []) seen.add(path);
  return seen;
}

const importOf = (from, to, name) => {
  const path = relative(from, join(to, 'marker.ts'));
  return `import type { Marker } from '${path}';\nexport type ${name} = Marker;\n`;
};

/**
 * @param {string} dir an empty folder
 * @returns {Promise<{ checked: number, problems: string[] }>}
 */
export async function referenceCanaries(dir) {
  const layers = readLayers((path) => JSON.parse(readFileSync(inRoot(path), 'utf8')));
  for (const file of ['package.json', 'tsconfig.base.json', 'tsconfig.json']) {
    copyFileSync(inRoot(file), join(dir, file));
  }
  symlinkSync(modulesDir, join(dir, 'node_modules'));
  for (const layer of layers.keys()) {
    mkdirSync(join(dir, layer), { recursive: true });
    copyFileSync(inRoot(layer, 'tsconfig.json'), join(dir, layer, 'tsconfig.json'));
    writeFileSync(join(dir, layer, 'marker.ts'), 'export interface Marker {\n  readonly mark: string;\n}\n');
    const allowed = layers.get(layer) ?? [];
    allowed.forEach((to, index) => {
      writeFileSync(join(dir, layer, `allowed-${index}.ts`), importOf(layer, to, 'Allowed'));
    });
  }
  const tsc = (args) => capture(join(modulesDir, '.bin', 'tsc'), args, { cwd: dir });
  const clean = await tsc(['-b']);
  if (clean.code !== 0) {
    const reason = clean.output.trim().split('\n')[0];
    return { checked: 1, problems: [`the compiler refuses imports that the layers allow: ${reason}`] };
  }
  let checked = 1;
  const problems = [];
  for (const layer of layers.keys()) {
    const may = reachable(layers, layer);
    const forbidden = [...layers.keys()].filter((other) => !may.has(other));
    const files = forbidden.map((to, index) => {
      const file = `forbidden-${index}.ts`;
      writeFileSync(join(dir, layer, file), importOf(layer, to, 'Forbidden'));
      return { to, file: `${layer}/${file}` };
    });
    const { output } = await tsc(['-p', layer, '--noEmit', '--pretty', 'false']);
    const refused = output.split('\n').filter((line) => REFUSED.test(line));
    for (const { to, file } of files) {
      checked += 1;
      if (!refused.some((line) => line.includes(file))) {
        problems.push(`the compiler lets ${layer} import ${to}`);
      }
    }
  }
  return { checked, problems };
}
